"""Here: 验收: trial run, tests, acceptance, filing. Not here: moving a project."""
