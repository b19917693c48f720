"""Here: bringing lists in from workbooks. Not here: what each kind of list is (units.py, each room's imports.py)."""

from exchange.imports import units

__all__ = ["units"]
