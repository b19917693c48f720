"""Here: what follows inside this app when something happened. Not here: deciding, moving, what rooms do."""

from projects import events
from projects.standing import refresh_flags


@events.on("*")
def keep_flags(event: str, project=None, **what) -> None:
    """Flags stand or clear with every move, record and material."""
    if project is not None and event != "created":
        refresh_flags(project)
