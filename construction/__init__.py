"""Here: evidence of 建设: responsibility, supervision, progress, changes, completion. Not here: moving a project, thresholds."""
