"""Here: evidence of 受理, 预审 and 评审. Not here: moving a project, thresholds, later stages."""
