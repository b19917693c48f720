"""Here: bringing lists in from workbooks. Not here: what each kind of list is (each room's imports.py)."""
