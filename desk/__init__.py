"""Here: an officer's day: 待办, 已办, comments, notices. Not here: the evidence of any stage."""
