"""Here: binding pages of our own and files of others into one PDF with page numbers. Not here: what is bound (the rooms)."""
