"""Here: a project's 时限表 in words and figures, and facts about lateness. Not here: starting or stopping clocks (clocks)."""

from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.calendar import city_calendar, label
from deadlines.models import Deadline
from deadlines.models.clocks import UNITS
from deadlines.reckoning import standing
from deadlines.words import event_in_words, spec_of, why_stopped
from organizations import clock
from policies.pack import DeadlineSpec, Pack
from policies.vocabulary import answers
from policies.workdays import if_stopped
from projects.instruments import parameter
from projects.permissions import offices_in_words

BACK_AFTER = 5


@dataclass(frozen=True)
class Stop:
    """A time the clock stood still: why, from which day, until which (None: still)."""

    why: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Row:
    """One line of the 时限表. Days are those of `unit`; `due_on`, `within` and `remaining` are None without a figure.

    `waited` (calendar days, stops left out) is filled only where there is no figure. `remark` says what is unusual:
    provisional dates, a clock that stands still, more days than the office's own reminder. `if_returned` is the last
    day if the clock stood still from today and ran again some days later; None where that would change nothing.
    """

    code: str
    label: str
    rule: str
    clause: str
    who: str
    office: str
    starts_on: date
    within: int | None
    unit: str
    due_on: date | None
    used: int | None
    stopped: int
    remaining: int | None
    waited: int | None
    status: str
    status_label: str
    met_on: date | None
    provisional: bool
    remark: str
    started_by: str = ""
    ended_by: str = ""
    stops: tuple[Stop, ...] = ()
    if_returned: date | None = None

    @property
    def late(self) -> int:
        """Units past the last day, on the day it was met or today; 0 in time."""
        return max(-(self.remaining or 0), 0)


def timetable(project, back_after: int = BACK_AFTER) -> list[Row]:
    """Every clock of the project that was not voided, oldest first, as it stands today (YQ-3.5-5, YQ-3.4-9).

    `back_after` is after how many days papers given back today would be here again, for `if_returned`.
    """
    rows = project.deadlines.exclude(status=Deadline.VOIDED).prefetch_related("stops")
    calendar, pack = city_calendar(), project.pack
    return [_row(deadline, project, pack, calendar, back_after) for deadline in rows]


def _row(deadline: Deadline, project, pack: Pack, calendar, back_after: int) -> Row:
    today = deadline.met_on or clock.today()
    now = standing(deadline, calendar, today)
    rule = pack.by_id.get(deadline.rule)
    waiting = now.clock is None
    due = now.clock.due if now.clock else None
    return Row(
        code=deadline.code,
        label=deadline.label,
        rule=deadline.rule,
        clause=rule.clause if rule else "",
        who=deadline.who,
        office=offices_in_words(project, [deadline.who]),
        starts_on=deadline.starts_on,
        within=deadline.within,
        unit=dict(UNITS)[deadline.unit],
        due_on=due.day if due else None,
        used=None if waiting else now.clock.used,
        stopped=now.stopped,
        remaining=None if waiting else now.clock.remaining,
        waited=now.waited if waiting else None,
        status=deadline.status,
        status_label=_status(deadline, now.waited),
        met_on=deadline.met_on,
        provisional=bool(due and due.provisional),
        remark=_remark(deadline, project, pack, now.waited, label(due) if due else ""),
        started_by=event_in_words(pack, deadline.trigger),
        ended_by=event_in_words(pack, deadline.met_by) if deadline.met_by else "",
        stops=tuple(Stop(why_stopped(pack, deadline, stop), stop.starts_on, stop.ends_on) for stop in deadline.stops.all()),
        if_returned=_if_returned(deadline, calendar, back_after),
    )


def _if_returned(deadline: Deadline, calendar, back_after: int) -> date | None:
    today = clock.today()
    if deadline.within is None or deadline.status not in Deadline.LIVE or today < deadline.starts_on:
        return None
    stops = [(stop.starts_on, stop.ends_on) for stop in deadline.stops.all()]
    back_on = today + timedelta(days=back_after)
    moved = if_stopped(deadline.starts_on, deadline.within, deadline.unit, stops, calendar, today=today, back_on=back_on)
    return moved.day if moved.day != deadline.due_on else None


def _status(deadline: Deadline, waited: int) -> str:
    if deadline.status == Deadline.MET:
        return "逾期办结" if deadline.met_late else "已办结"
    if deadline.late_on(clock.today()):
        return "已超期"
    if deadline.stopped:
        return "停表"
    return f"已等待{waited}天" if deadline.within is None else "办理中"


def _remark(deadline: Deadline, project, pack: Pack, waited: int, provisional: str) -> str:
    """Where the text gives no figure, the office's own reminder days may be passed; that is never a statutory period."""
    spec = spec_of(pack, deadline.code)
    own = isinstance(spec, DeadlineSpec) and spec.parameter
    if deadline.within is None and own and deadline.status in Deadline.LIVE:
        days = parameter(pack, spec.parameter, jurisdiction_id=project.jurisdiction_id, project_id=project.pk)
        if days and waited > int(days):
            return f"超过提醒天数({days}天,非法定期限)"
    return provisional


@answers("deadlines.overdue", kind="list", label="已超期的时限", by_day=True)
def overdue(project) -> list[str]:
    """Codes of the project's clocks whose last day has passed; the day is asked, not the sweep (YQ-3.5-5)."""
    late = project.deadlines.filter(status__in=Deadline.LIVE, due_on__lt=clock.today())
    return list(late.order_by("code").values_list("code", flat=True))
