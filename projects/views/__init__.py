"""Here: the pages of projects. Not here: rules, decisions; a view parses, calls a door, renders."""
