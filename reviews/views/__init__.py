"""Here: the pages of the reviews room. Not here: what is found, judged or put on file."""
