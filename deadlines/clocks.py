"""Here: clocks that start, stop and end with what happens to a project. Not here: where a clock stands (reckoning).

Follows every event (`projects.events`) in its transaction, while the project's row is locked.
"""

from dataclasses import dataclass
from datetime import date

from deadlines import escalation
from deadlines.calendar import city_calendar
from deadlines.models import Deadline, DeadlineStop
from deadlines.reckoning import COMPUTED, reckon
from deadlines.recurring import clocks_of
from deadlines.words import CORRECTION, SUSPENSION
from organizations import clock
from policies.engine import applies
from policies.pack import Condition, DeadlineSpec
from projects import events
from projects.judgement import ProjectFacts
from projects.models import Project
from projects.transitions import passed

ENDS = {"move:withdraw", "move:reject", "move:merge", "move:terminate"}


@dataclass(frozen=True)
class Event:
    """Something that happened to a project. `subject` is the ledger row or the record; `key` names this one event."""

    name: str
    project: Project
    subject: object

    @property
    def key(self) -> str:
        """The event and its row, so that a voided record finds the clock it started."""
        return f"{self.name}#{getattr(self.subject, 'pk', '')}"


@events.on("*")
def follow(event: str, project: Project | None = None, **what) -> None:
    """Whatever the project's instrument makes of this event: clocks end, stop, go on, begin."""
    if project is None:
        return
    seen = Event(event, project, what.get("passage") or what.get("record"))
    if event in ENDS:
        _end(live(project), Deadline.VOIDED)
    elif event == "move:suspend":
        running_on = [spec for spec in project.pack.reports if spec.while_suspended]
        _stop(live(project).exclude(clocks_of(running_on)), SUSPENSION)
    elif event == "move:resume":
        _resume(live(project), SUSPENSION)
    elif event.startswith("void:"):
        _unwind(seen)
    concerned = [spec for spec in project.pack.deadlines if event in spec.events]
    for spec in concerned:
        _advance(spec, seen)
    _report_made(seen)
    if event.startswith("move:") and _leads_back(seen):
        _void_undone(seen)


def live(project: Project):
    """The clocks of a project that have not ended, with their stops."""
    return project.deadlines.filter(status__in=Deadline.LIVE).prefetch_related("stops")


def _advance(spec: DeadlineSpec, seen: Event) -> None:
    mine = live(seen.project).filter(code=spec.code)
    if seen.name in spec.until and _hold(spec.met_when, seen.project):
        _end(mine.all(), Deadline.MET, met_on=clock.today(), met_by=seen.key)
    if seen.name in spec.stop:
        _stop(mine, CORRECTION)
    if seen.name in spec.resume:
        _resume(mine, CORRECTION)
    if seen.name == spec.start and _hold(spec.when, seen.project) and (spec.restart or not mine.exists()):
        _end(mine.all(), Deadline.VOIDED)
        _begin(spec, seen)


def _report_made(seen: Event) -> None:
    """A record that fulfils a recurring report answers for the oldest period that is still open."""
    name = seen.name.removeprefix("record:")
    specs = [spec for spec in seen.project.pack.reports if spec.from_state and spec.record == name != seen.name]
    for spec in specs:
        oldest = live(seen.project).filter(clocks_of([spec])).order_by("starts_on", "id")[:1]
        _end(oldest, Deadline.MET, met_on=clock.today(), met_by=seen.key)


def _hold(conditions: tuple[Condition, ...], project: Project) -> bool:
    return not conditions or applies(conditions, ProjectFacts(project, project.pack)) is True


def _begin(spec: DeadlineSpec, seen: Event) -> None:
    start: date = (getattr(seen.subject, spec.dated, None) if spec.dated else None) or clock.today()
    last = spec.last_day(start)
    deadline = Deadline.objects.create(
        project=seen.project,
        code=spec.code,
        rule=spec.rule,
        label=spec.label,
        who=spec.who,
        starts_on=start,
        waits_from=start,
        within=(last - start).days if last else spec.within,
        unit="days" if last else spec.unit,
        remind_before=spec.remind_before,
        trigger=seen.key,
    )
    _save([deadline])


def _end(deadlines, status: str, **how) -> None:
    ending = list(deadlines)
    if not ending:
        return
    _close(DeadlineStop.objects.filter(deadline__in=ending, ends_on=None))
    _reckon([each for each in ending if each.stopped])
    Deadline.objects.filter(pk__in=[each.pk for each in ending]).update(status=status, **how)
    _clear(ending)


def _close(stops) -> None:
    """Open stops end today; one of a clock that has not begun yet never was."""
    stops.filter(starts_on__gt=clock.today()).delete()
    stops.update(ends_on=clock.today())


def _stop(deadlines, cause: str) -> None:
    running = [each for each in deadlines if not any(stop.cause == cause and not stop.ends_on for stop in each.stops.all())]
    DeadlineStop.objects.bulk_create(
        [DeadlineStop(deadline=each, cause=cause, starts_on=max(clock.today(), each.starts_on)) for each in running]
    )
    _reckon(running)


def _resume(deadlines, cause: str) -> None:
    standing = list(deadlines)
    _close(DeadlineStop.objects.filter(deadline__in=standing, cause=cause, ends_on=None))
    _reckon(standing)


def _unwind(seen: Event) -> None:
    """A voided record neither starts nor ends a clock."""
    key = f"record:{seen.name.removeprefix('void:')}#{getattr(seen.subject, 'pk', '')}"
    _end(live(seen.project).filter(trigger=key), Deadline.VOIDED)
    running = set(live(seen.project).values_list("code", flat=True))
    again = [each for each in seen.project.deadlines.filter(status=Deadline.MET, met_by=key) if each.code not in running]
    for deadline in again:
        deadline.status, deadline.met_on, deadline.met_by = Deadline.OPEN, None, ""
        deadline.save(update_fields=["status", "met_on", "met_by"])
    _reckon(again)


def _leads_back(seen: Event) -> bool:
    route, source, target = seen.project.route, seen.subject.source, seen.subject.target
    return source in route and target in route and route.index(target) < route.index(source)


def _void_undone(seen: Event) -> None:
    """A clock that a forward move started ends when the project goes back behind that move."""
    for deadline in live(seen.project).filter(trigger__startswith="move:").exclude(trigger=seen.key):
        move = deadline.trigger.removeprefix("move:").partition("#")[0]
        if not passed(seen.project, move):
            _end(live(seen.project).filter(pk=deadline.pk), Deadline.VOIDED)


def _reckon(deadlines: list[Deadline]) -> None:
    """Compute anew with the stops as they are in the database now."""
    if deadlines:
        _save(list(Deadline.objects.filter(pk__in=[each.pk for each in deadlines]).prefetch_related("stops")))
        _clear(deadlines)


def _clear(deadlines: list[Deadline]) -> None:
    """Only what was late can have been taken to the superior."""
    late = [each.pk for each in deadlines if each.status == Deadline.LATE]
    if late:
        escalation.clear(late)


def _save(deadlines: list[Deadline]) -> None:
    calendar, today = city_calendar(), clock.today()
    for deadline in deadlines:
        reckon(deadline, calendar, today)
    Deadline.objects.bulk_update(deadlines, COMPUTED)


def recompute(since: date) -> int:
    """For `deadlines.publish.recomputers`: running clocks in working days that reach `since`; returns how many changed."""
    reach = Deadline.objects.filter(status__in=Deadline.LIVE, unit="working_days", due_on__gte=since)
    calendar, today, changed = city_calendar(), clock.today(), []
    for deadline in reach.prefetch_related("stops").iterator(chunk_size=2000):
        before = (deadline.due_on, deadline.provisional, deadline.remind_on)
        reckon(deadline, calendar, today)
        if before != (deadline.due_on, deadline.provisional, deadline.remind_on):
            changed.append(deadline)
    Deadline.objects.bulk_update(changed, COMPUTED, batch_size=500)
    return len(changed)
