"""Here: what follows in this room when something happened to a project. Not here: how it is counted (rollups)."""

from projects import events
from reports.rollups import refresh


@events.on("*")
def count_anew(project=None, **what) -> None:
    """The kept sums follow every event, in its transaction."""
    if project is not None:
        refresh(project.pk)
