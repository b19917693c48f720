"""Here: the forms of this room, loaded together. Not here: their fields (forms_*.py)."""

from procurement import forms_application, forms_assets, forms_contract, forms_tender  # noqa: F401
