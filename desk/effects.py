"""Here: what the desk does when something happened: duties anew, notices out. Not here: deciding anything."""

from desk.duties import refresh
from desk.notices import tell_as_packed, tell_of_marks
from policies.loader import load
from projects import events

# Another event of the same act always follows, and finds the final state.
FOLLOWED = {"investment"}


@events.on("*")
def keep_duties(event: str, project=None, **what) -> None:
    """Whoever has to act next finds it in the inbox within the same transaction."""
    if project is not None and event not in FOLLOWED:
        refresh(project)


@events.on("*")
def notify(event: str, project=None, batch=None, **what) -> None:
    """Tell whom the pack names for this event (YQ-3.1-1, YQ-2.1-4)."""
    if project is None and batch is None:
        return
    pack = load(project.pack_code if project else batch.jurisdiction.pack)
    for spec in pack.notices:
        if spec.event == event:
            tell_as_packed(spec, project=project, batch=batch, subject=what.get("passage") or what.get("record"))


@events.on("deadlines.swept")
def notify_of_deadlines(on, **what) -> None:
    """Reminders and lateness reach whoever has to act."""
    tell_of_marks(on)
