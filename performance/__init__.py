"""Here: evidence of 绩效评价 and what earlier results say. Not here: moving a project, thresholds."""
