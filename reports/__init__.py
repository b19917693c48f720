"""Here: reads across all rooms. Not here: writing in any."""
