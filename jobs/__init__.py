"""Here: work done in the background: asked for once, done once, seen by whoever asked. Not here: what any of it does."""

from jobs.errors import Cancelled, Refused

__all__ = ["Cancelled", "Refused"]
