"""Here: playing scenarios through the real models, forms and door. Not here: reading their files (policies.scenarios)."""
