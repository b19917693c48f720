"""Here: the map and the door, the project with its filing, materials and exceptions. Not here: any later stage's evidence."""
