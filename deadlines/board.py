"""Here: clocks across projects: what may be asked of them, offices side by side, rows in words. Not here: one project's 时限表."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from deadlines.calendar import city_calendar
from deadlines.models import Deadline, Escalation
from deadlines.models.clocks import UNITS
from deadlines.words import why_stopped
from organizations import clock
from organizations.models import Organization
from organizations.roles import ROLE_LABELS
from policies.loader import load
from policies.pack import Pack
from policies.workdays import Calendar, working_days_between
from projects.models import Project
from projects.places import chosen_place, in_place, name_units, offer_places, several
from projects.scope import visible
from projects.search import matching

PAGE = 50
SOON = timedelta(days=7)
LIVE, LATE, WEEK, STOPPED, UNDATED, ESCALATED = "live", "late", "week", "stopped", "undated", "escalated"
IN_TIME, MET_LATE, RUNNING = "met_in_time", "met_late", "running"
STATES = [
    (LIVE, "正在走的"), (LATE, "已超期"), (WEEK, "七天内到期"), (STOPPED, "停表"), (UNDATED, "文中无期限"),
    (ESCALATED, "已提请督办"), (RUNNING, "未到期"), (IN_TIME, "按期办结"), (MET_LATE, "逾期办结"),
]  # fmt: skip
COLUMNS = [
    "项目编号", "项目名称", "建设单位", "事项", "条款编号", "条款", "办理单位", "起算日", "期限", "单位", "到期日", "暂定",
    "状态", "超期工作日", "停表原因", "办结日", "提请督办日",
]  # fmt: skip


def in_state(name: str, today: date) -> Q:
    """Which clocks are meant by a name of STATES. `live` are all that have not ended."""
    live = Q(status__in=Deadline.LIVE)
    late = live & Q(due_on__lt=today)
    return {
        LIVE: live,
        LATE: late,
        WEEK: live & Q(due_on__range=(today, today + SOON)),
        STOPPED: live & Q(stopped=True),
        UNDATED: live & Q(within=None),
        ESCALATED: live & Exists(Escalation.objects.filter(deadline=OuterRef("pk"), cleared_on=None)),
        RUNNING: live & ~Q(due_on__lt=today, due_on__isnull=False) & Q(within__isnull=False),
        IN_TIME: Q(status=Deadline.MET, within__isnull=False) & (Q(due_on=None) | Q(met_on__lte=F("due_on"))),
        MET_LATE: Q(status=Deadline.MET, met_on__gt=F("due_on")),
    }[name]


class Asked(forms.Form):
    """What the board may be asked; every field optional. Choices are what the reader may see."""

    state = forms.ChoiceField(label="状态", choices=STATES, required=False)
    who = forms.ChoiceField(label="办理单位", required=False)
    code = forms.ChoiceField(label="事项", required=False)
    rule = forms.CharField(label="条款编号", max_length=40, required=False)
    unit = forms.ModelChoiceField(Organization.objects.none(), label="建设单位", required=False, empty_label="全部")
    stage = forms.ChoiceField(label="环节", required=False)
    q = forms.CharField(label="项目、编号或单位", max_length=100, required=False)
    month = forms.RegexField(r"^\d{4}-(0[1-9]|1[0-2])$", label="起算月份", required=False)
    year = forms.IntegerField(label="起算年度", min_value=2000, max_value=2100, required=False)

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = visible(Deadline, user).exclude(status=Deadline.VOIDED).order_by()
        self.pack = pack_of(user, self.data.get("place"))
        found = sorted(rows.values_list("code", "label").distinct())
        codes = {name_of(code): label_of(code, label) for code, label in found}
        roles = rows.values_list("who", flat=True).distinct()
        self.fields["who"].choices = [("", "全部"), *((role, office(self.pack, role)) for role in sorted(roles))]
        self.fields["code"].choices = [("", "全部"), *codes.items()]
        stages = [stage["name"] for stage in self.pack.stages] if self.pack else []
        self.fields["stage"].choices = [("", "全部"), *((name, name) for name in stages)]
        units = visible(Deadline, user).order_by().values("project__department")
        self.fields["unit"].queryset = Organization.objects.filter(pk__in=units).order_by("name")
        offer_places(self, user)
        name_units(self)

    @property
    def asked(self) -> dict:
        """Whatever was readable; nothing asked means what runs."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


def pack_of(user, place: str | None = "") -> Pack | None:
    """The pack of the reader's place, for its names of offices and stages.

    Whoever reads several places gets that of the `place` asked for, by its code; none, where none is: each has its names.
    """
    unit = user.organization if user.is_business else None
    if unit and several(user):
        chosen = chosen_place(user, place or "")
        return load(chosen.pack) if chosen else None
    return load(unit.jurisdiction.pack) if unit else None


def office(pack: Pack | None, role: str) -> str:
    """What the place calls a role."""
    return (pack.offices.get(role) if pack else None) or ROLE_LABELS.get(role, role)


def name_of(code: str) -> str:
    """The code without the period of a recurring report."""
    return code.partition("@")[0]


def label_of(code: str, label: str) -> str:
    """The label without the period of a recurring report."""
    return label.rpartition("(")[0] if "@" in code and label.endswith(")") else label


def rows(user, asked: dict) -> QuerySet[Deadline]:
    """The clocks that fit, of visible projects: the earliest last day first, those without a figure last."""
    found = visible(Deadline, user).filter(in_state(asked.get("state") or LIVE, clock.today()))
    found = narrowed(found, asked, pack_of(user, asked.get("place")))
    return found.order_by(F("due_on").asc(nulls_last=True), "id")


def narrowed(found: QuerySet[Deadline], asked: dict, pack: Pack | None) -> QuerySet[Deadline]:
    """Every filter but the state."""
    if asked.get("who"):
        found = found.filter(who=asked["who"])
    if asked.get("code"):
        found = found.filter(Q(code=asked["code"]) | Q(code__startswith=f"{asked['code']}@"))
    if asked.get("rule"):
        found = found.filter(rule=asked["rule"])
    if asked.get("unit"):
        found = found.filter(project__department=asked["unit"])
    if asked.get("stage") and pack:
        states = next((stage["states"] for stage in pack.stages if stage["name"] == asked["stage"]), [])
        found = found.filter(project__state__in=states)
    found = in_place(found, asked.get("place"), "project__jurisdiction")
    if asked.get("q"):
        found = found.filter(project__in=matching(Project.objects.all(), asked["q"]).values("pk"))
    if asked.get("month"):
        year, month = map(int, asked["month"].split("-"))
        found = found.filter(starts_on__year=year, starts_on__month=month)
    return found.filter(starts_on__year=asked["year"]) if asked.get("year") else found


@dataclass(frozen=True)
class OfficeLine:
    """An office's running clocks in figures; `worst` is in working days."""

    role: str
    name: str
    live: int
    late: int
    worst: int
    week: int
    stopped: int
    escalated: int


def offices(user, asked: dict) -> list[OfficeLine]:
    """Every office with clocks that run, the one with the most late first; one query."""
    today, calendar, pack = clock.today(), city_calendar(), pack_of(user, asked.get("place"))
    found = visible(Deadline, user).filter(status__in=Deadline.LIVE)
    found = narrowed(found, {name: value for name, value in asked.items() if name != "who"}, pack)
    figures = {name: Count("pk", filter=in_state(name, today)) for name in (LATE, WEEK, STOPPED, ESCALATED)}
    lines = [
        OfficeLine(
            role=each["who"], name=office(pack, each["who"]), live=each["n"], late=each[LATE], week=each[WEEK],
            stopped=each[STOPPED], escalated=each[ESCALATED],
            worst=working_days_between(each["oldest"], today, calendar) if each["oldest"] else 0,
        )
        for each in found.order_by().values("who").annotate(
            n=Count("pk"), oldest=Min("due_on", filter=Q(due_on__lt=today)), **figures
        )
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.late, -line.live, line.role))


@dataclass(frozen=True)
class BoardRow:
    """A clock across projects in words; `late` is in working days, whatever the unit of the period."""

    deadline: Deadline
    office: str
    clause: str
    allowed: str
    state: str
    mark: str
    late: int
    why: str
    escalated_on: date | None


def in_words(found, user) -> list[BoardRow]:
    """These clocks (a page, or all for Excel by chunks) in words; a fixed number of queries for each call."""
    deadlines = list(found)
    calendar, today, packs = city_calendar(), clock.today(), {}
    escalated = dict(
        Escalation.objects.filter(deadline__in=[each.pk for each in deadlines], cleared_on=None).values_list(
            "deadline_id", "made_on"
        )
    )
    return [_row(each, packs, calendar, today, escalated.get(each.pk)) for each in deadlines]


def with_projects(found: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """What in_words needs at hand."""
    return found.select_related("project__department", "project__jurisdiction").prefetch_related("stops")


def _row(each: Deadline, packs: dict, calendar: Calendar, today: date, escalated_on: date | None) -> BoardRow:
    code = each.project.pack_code
    pack = packs[code] = packs.get(code) or load(code)
    rule = pack.by_id.get(each.rule)
    end = each.met_on or today
    late = max(working_days_between(each.due_on, end, calendar), 0) if each.due_on else 0
    still = [stop for stop in each.stops.all() if stop.ends_on is None]
    state, mark = _state(each, today)
    return BoardRow(
        deadline=each,
        office=each.project.department.name if each.who == "applicant" else office(pack, each.who),
        clause=rule.clause if rule else "",
        allowed=f"{each.within}{dict(UNITS)[each.unit]}" if each.within else "文中无期限",
        state=state,
        mark=mark,
        late=late,
        why="、".join(f"{why_stopped(pack, each, stop)}({stop.starts_on}起)" for stop in still),
        escalated_on=escalated_on,
    )


def _state(each: Deadline, today: date) -> tuple[str, str]:
    if each.status == Deadline.MET:
        return ("逾期办结", "flags") if each.met_late else ("按期办结", "allows")
    if each.late_on(today):
        return "已超期", "refuses"
    if each.stopped:
        return "停表", ""
    if each.within is None:
        return f"已等待 {max((today - each.waits_from).days, 0)} 天", ""
    return ("七天内到期", "flags") if each.due_on and each.due_on <= today + SOON else ("办理中", "")


def values(user, asked: dict):
    """The board as rows of a sheet (COLUMNS), read in chunks so that memory does not grow."""
    found = with_projects(rows(user, asked))
    chunk: list[Deadline] = []
    for each in found.iterator(chunk_size=2000):
        chunk.append(each)
        if len(chunk) == 2000:
            yield from _cells(in_words(chunk, user))
            chunk = []
    yield from _cells(in_words(chunk, user))


def _cells(lines: list[BoardRow]):
    for line in lines:
        each = line.deadline
        yield [
            each.project.number, each.project.name, each.project.department.name, each.label, each.rule, line.clause,
            line.office, each.starts_on, each.within, dict(UNITS)[each.unit] if each.within else "", each.due_on,
            "暂定" if each.provisional else "", line.state, line.late, line.why, each.met_on, line.escalated_on,
        ]  # fmt: skip
