"""Here: several places side by side: projects, money, lateness, pace, exceptions. Not here: single rows (their own lists), HTTP."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from deadlines.board import LATE, in_state
from deadlines.models import Deadline
from organizations import clock
from organizations.models import Jurisdiction, User
from policies.loader import load
from projects.models import Project, Waiver
from projects.scope import places_of, seen_by, visible, visible_projects
from projects.states import CLOSED, State
from reports.chain import FIGURES
from reports.models import Tally
from reports.sums import Figure, Group, added, cells, whole

PHASES: dict[str, tuple[State, ...]] = {
    "申报": (State.FILED, State.ENDORSED, State.APPROVED),
    "预算和方案": (State.BUDGETED, State.SCHEME_FILED, State.SCHEME_APPROVED),
    "采购": (State.PROCURING, State.CONTRACTED),
    "建设": (State.BUILDING, State.TRIAL),
    "验收": (State.ACCEPTING, State.ACCEPTED),
    "使用": (State.IN_SERVICE, State.EVALUATED),
    "暂停": (State.SUSPENDED,),
    "未通过、撤回、终止": CLOSED,
}
SHOWN = ("declared", "approved", "contracted", "paid")
DAYS = ExpressionWrapper(F("passages__on") - F("filed_on"), output_field=DurationField())
COLUMNS = [
    "辖区", "适用文件", "项目数", *PHASES, *(f"{FIGURES[name]}(元)" for name in SHOWN), "已超期时限", "申报到预审通过(天,中位数)",
    "已统计预审", "待批例外", "同意例外",
]  # fmt: skip


@dataclass
class Line:
    """A place in figures. `days` is the median from filing to endorsement, None where nothing was endorsed."""

    place: Jurisdiction
    sums: Group
    phases: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PHASES, 0))
    late: int = 0
    days: float | None = None
    endorsed: int = 0
    pending: int = 0
    granted: int = 0

    @property
    def document(self) -> str:
        """The instrument in force there."""
        return load(self.place.pack).doc_no

    @property
    def money(self) -> list[Figure]:
        """The sums that are compared."""
        return [each for each in self.sums.figures if each.name in SHOWN]

    def list_of(self, states: Iterable[str] = ()) -> str:
        """The address of the projects behind a number."""
        return f"{reverse('projects:list')}?{urlencode({'place': self.place.code, 'state': list(states)}, doseq=True)}"

    @property
    def stages(self) -> list[tuple[int, str]]:
        """How many projects stand in each phase, with the address of the rows."""
        return [(self.phases[name], self.list_of(states)) for name, states in PHASES.items()]

    def values(self) -> list:
        """A row of COLUMNS."""
        return [
            self.place.name, self.document, self.sums.projects, *self.phases.values(), *(each.total for each in self.money),
            self.late, self.days, self.endorsed, self.pending, self.granted,
        ]  # fmt: skip


def side_by_side(user: User) -> list[Line]:
    """A line for each place whose projects this person finds, by its code; as many queries for two places as for fifty."""
    places = {place.pk: place for place in places_of(user)}
    found = cells(added(Tally.objects.filter(seen_by(user)), "jurisdiction_id", "state"))
    by_place = {pk: [cell for cell in found if cell["jurisdiction_id"] == pk] for pk in places}
    lines = {pk: Line(place, whole(by_place[pk])) for pk, place in places.items()}
    for pk, line in lines.items():
        for cell in by_place[pk]:
            name = next(name for name, states in PHASES.items() if cell["state"] in states)
            line.phases[name] += cell["projects"]
    _count_late(user, lines)
    _measure_pace(user, lines)
    _count_exceptions(user, lines)
    return list(lines.values())


def _count_late(user: User, lines: dict[int, Line]) -> None:
    late = visible(Deadline, user).filter(in_state(LATE, clock.today())).order_by()
    for each in late.values("project__jurisdiction").annotate(n=Count("pk")):
        if each["project__jurisdiction"] in lines:
            lines[each["project__jurisdiction"]].late = each["n"]


def endorsements(projects: QuerySet[Project]) -> QuerySet[Project]:
    """A row for every endorsement of these projects: `endorsed_on`, and its `days` since the filing."""
    endorsed = projects.filter(passages__move="endorse", filed_on__isnull=False)
    return endorsed.annotate(endorsed_on=F("passages__on"), days=DAYS)


def _measure_pace(user: User, lines: dict[int, Line]) -> None:
    found: dict[int, list[tuple[timedelta, int]]] = {}
    for each in endorsements(visible_projects(user)).order_by().values("jurisdiction", "days").annotate(n=Count("pk")):
        found.setdefault(each["jurisdiction"], []).append((each["days"], each["n"]))
    for place, counts in found.items():
        if place in lines:
            lines[place].days, lines[place].endorsed = median(counts), sum(n for _, n in counts)


def median(counts: list[tuple[timedelta, int]]) -> float | None:
    """The median in days of (length, how often); of an even number the middle between the two in the middle."""
    ordered, size = sorted(counts), sum(n for _, n in counts)
    if not size:
        return None
    return (_nth(ordered, (size - 1) // 2) + _nth(ordered, size // 2)) / 2


def _nth(ordered: list[tuple[timedelta, int]], at: int) -> int:
    for length, n in ordered:
        if at < n:
            return length.days
        at -= n
    raise IndexError(at)


def _count_exceptions(user: User, lines: dict[int, Line]) -> None:
    rows = visible(Waiver, user).order_by().values("project__jurisdiction")
    for each in rows.annotate(
        pending=Count("pk", filter=Q(decision=Waiver.PENDING)), granted=Count("pk", filter=Q(decision=Waiver.GRANTED))
    ):
        if each["project__jurisdiction"] in lines:
            line = lines[each["project__jurisdiction"]]
            line.pending, line.granted = each["pending"], each["granted"]
