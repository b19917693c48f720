"""Here: evidence of 试运行, 第三方检测, 验收, 备案 and 交付. Not here: moving a project, thresholds, later stages."""
