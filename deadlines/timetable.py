"""Here: a project's 时限表 in words and figures, and facts about lateness. Not here: starting or stopping clocks (clocks)."""

from dataclasses import dataclass
from datetime import date

from deadlines.calendar import city_calendar, label
from deadlines.models import Deadline
from deadlines.models.clocks import UNITS
from deadlines.reckoning import standing
from organizations import clock
from policies.pack import Pack
from policies.vocabulary import answers
from projects.instruments import parameter
from projects.permissions import offices_in_words


@dataclass(frozen=True)
class Row:
    """One line of the 时限表. Days are those of `unit`; `due_on`, `within` and `remaining` are None without a figure.

    `waited` (calendar days, stops left out) is filled only where there is no figure. `remark` says what is unusual:
    provisional dates, a clock that stands still, more days than the office's own reminder.
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


def timetable(project) -> list[Row]:
    """Every clock of the project that was not voided, oldest first, as it stands today (YQ-3.5-5, YQ-3.4-9)."""
    rows = project.deadlines.exclude(status=Deadline.VOIDED).prefetch_related("stops")
    calendar, pack = city_calendar(), project.pack
    return [_row(deadline, project, pack, calendar) for deadline in rows]


def _row(deadline: Deadline, project, pack: Pack, calendar) -> Row:
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
    )


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
    spec = next((each for each in pack.deadlines if each.code == deadline.code), None)
    if deadline.within is None and spec and spec.parameter and deadline.status in Deadline.LIVE:
        days = parameter(pack, spec.parameter, jurisdiction_id=project.jurisdiction_id, project_id=project.pk)
        if days and waited > int(days):
            return f"超过提醒天数({days}天,非法定期限)"
    return provisional


@answers("deadlines.overdue", kind="list", label="已超期的时限")
def overdue(project) -> list[str]:
    """Codes of the project's clocks whose last day has passed; the day is asked, not the sweep (YQ-3.5-5)."""
    late = project.deadlines.filter(status__in=Deadline.LIVE, due_on__lt=clock.today())
    return list(late.order_by("code").values_list("code", flat=True))
