"""Here: 预算: lines, allocation, annual plan, payments. Not here: moving a project."""
