"""Here: what the desk does when something happened: duties anew, notices out. Not here: deciding anything."""

from desk.duties import refresh
from desk.notices import tell, tell_as_packed, tell_of_escalations, tell_of_marks
from desk.queues import office_queue, queue_of
from desk.swept import drop_settled, owe_escalations, owe_reports
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
def notify_of_deadlines(on, swept, **what) -> None:
    """Reminders, lateness and reports reach whoever has to act; what is not new was told in the round that made it."""
    if swept.reminders or swept.late or swept.waiting:
        tell_of_marks(on)
    if swept.escalated:
        tell_of_escalations(on)
        owe_escalations(on)
    if swept.cleared:
        drop_settled()
    if swept.reports:
        owe_reports(on)


@events.on("escalation.handled")
def notify_of_supervision(project, escalation, **what) -> None:
    """The office that is late hears what its superior says."""
    text = f"督办“{escalation.deadline.label}”:{escalation.note}"
    to = [queue_of(project, escalation.deadline.who)]
    tell(to, text, event="deadline.escalated", key=f"supervised:{escalation.pk}", project=project, rule=escalation.rule)
    refresh(project)


@events.on("report.made")
def notify_of_report(report, **what) -> None:
    """Whoever is to get a recurring report hears that it was made."""
    to = [office_queue(report.jurisdiction_id, role) for role in report.to if role != report.who]
    text = f"“{report}”已报送:{report.reference}"
    tell(to, text, event="report", key=f"report:{report.pk}", rule=report.rule)
