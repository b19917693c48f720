"""Here: the working calendar, clocks that stop, reminders. Not here: what a regulation's periods are (policies)."""
