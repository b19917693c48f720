"""Here: a believable city with a year of projects, walked through the doors. Not here: any way to set a state."""
