"""Here: how evidence of 建设 and 变更 is put on file. Not here: what the regulation asks of it (packs)."""

from construction.forms import building, changes, execution, firms

__all__ = ["building", "changes", "execution", "firms"]
