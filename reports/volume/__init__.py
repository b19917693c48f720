"""Here: the archive volume of a project, as one PDF and as a package that can be proven. Not here: any evidence (the rooms)."""
