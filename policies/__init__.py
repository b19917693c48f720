"""Here: the book of regulations, read as data and answered as verdicts. Not here: Django, the clock, the database."""
