"""Here: the pages of the administrators, of certificates and of the second factor. Not here: what they decide."""
