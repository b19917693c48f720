"""Here: measurements, side by side with the limit. Not here: tests; nothing asserts a time."""
