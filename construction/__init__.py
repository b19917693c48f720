"""Here: 建设: supervision, progress, changes, rectification. Not here: moving a project."""
