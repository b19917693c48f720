"""Here: the inbox as a page wants it: most urgent first, filtered, paged by key, with its counts. Not here: what lies in it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from deadlines.calendar import city_calendar
from deadlines.models import Deadline
from desk.inbox import link, mine_to_do
from desk.models import ConsultationAnswer, Duty, DutyAssignment
from desk.queues import person, stands_for
from organizations import clock
from policies.workdays import working_days_between
from projects.models import Project
from projects.search import matching

PAGE = 50
WEEKDAYS = "一二三四五六日"
LATE, WEEK, PAUSED, UNDATED = "late", "week", "paused", "undated"


class InboxFilter(forms.Form):
    """What an inbox may be asked; an unreadable `after` begins at the beginning."""

    due = forms.ChoiceField(
        label="时限",
        required=False,
        choices=[("", "全部"), (LATE, "已超期"), (WEEK, "本周到期"), (PAUSED, "计时暂停"), (UNDATED, "没有期限")],
    )
    what = forms.CharField(label="事项", max_length=200, required=False)
    whose = forms.ChoiceField(label="范围", required=False, choices=[("", "等我办理"), ("unit", "本单位全部")])
    q = forms.CharField(label="项目、编号或单位", max_length=100, required=False)
    after = forms.RegexField(r"^(\d{4}-\d\d-\d\d)?~\d{1,18}$", required=False)

    @property
    def asked(self) -> dict:
        """Whatever was readable."""
        self.is_valid()
        return self.cleaned_data


@dataclass(frozen=True)
class Chip:
    """A time limit in few words; `mark` is its colour, never without the words."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Row:
    """A line of the inbox; `hint` says how it came here when not by the book alone."""

    duty: Duty
    url: str
    chip: Chip
    hint: str


def timed(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Duties with `due`, the nearest day of that role for the project."""
    clocks = Deadline.objects.filter(project=OuterRef("project_id"), who=OuterRef("role"), status__in=Deadline.LIVE)
    return duties.annotate(due=Subquery(clocks.exclude(due_on=None).order_by("due_on").values("due_on")[:1]))


def counts(user) -> dict[str, int]:
    """How much there is to do, how much is late, how much falls due by Sunday. One query.

    Counted here: in SQL every condition would look the day up anew, which costs six times as much.
    """
    today = clock.today()
    days = list(timed(mine_to_do(user)).values_list("due", flat=True))
    dated = [day for day in days if day is not None]
    late = sum(day < today for day in dated)
    return {"total": len(days), "late": late, "week": sum(day <= _sunday(today) for day in dated) - late}


def page(user, asked: dict) -> tuple[list[Row], str]:
    """The lines that fit what was asked, and the key of the next page (empty at the end).

    First which lines, from the narrow table, then what they show: so a full inbox does not read every project.
    """
    found = listed(user, asked)
    if asked.get("after"):
        found = found.filter(_behind(asked["after"]))
    keys = list(found.values_list("pk", "due")[: PAGE + 1])
    shown = dict(keys[:PAGE])
    following = f"{keys[PAGE - 1][1] or ''}~{keys[PAGE - 1][0]}" if len(keys) > PAGE else ""
    duties = Duty.objects.filter(pk__in=shown).select_related("project__department", "assignee").in_bulk()
    return _rows(user, [(duties[pk], due) for pk, due in shown.items() if pk in duties]), following


def listed(user, asked: dict) -> QuerySet[Duty]:
    """Everything that fits what was asked, most urgent first, with `due`."""
    found = _filtered(timed(mine_to_do(user, whole_unit=asked.get("whose") == "unit")), asked)
    return found.order_by(F("due").asc(nulls_last=True), "id")


def matters(user) -> list[str]:
    """The different things to do in the person's inbox, for the filter."""
    return list(mine_to_do(user).order_by("label").values_list("label", flat=True).distinct()[:30])


def _filtered(duties: QuerySet[Duty], asked: dict) -> QuerySet[Duty]:
    today = clock.today()
    still = Deadline.objects.filter(project=OuterRef("project_id"), who=OuterRef("role"), stopped=True)
    paused = Exists(still.filter(status__in=Deadline.LIVE))
    due = {
        LATE: Q(due__lt=today),
        WEEK: Q(due__range=(today, _sunday(today))),
        PAUSED: Q(paused, due=None),
        UNDATED: Q(~paused, due=None),
    }
    if asked.get("due"):
        duties = duties.filter(due[asked["due"]])
    if asked.get("what"):
        duties = duties.filter(label=asked["what"])
    if asked.get("q"):
        duties = duties.filter(project__in=matching(Project.objects.all(), asked["q"]).values("pk"))
    return duties


def _behind(key: str) -> Q:
    day, _, pk = key.partition("~")
    if not day:
        return Q(due=None, pk__gt=int(pk))
    try:
        due = date.fromisoformat(day)
    except ValueError:
        return Q()
    return Q(due__gt=due) | Q(due=due, pk__gt=int(pk)) | Q(due=None)


def _rows(user, timed_duties: list[tuple[Duty, date | None]]) -> list[Row]:
    calendar, today = city_calendar(), clock.today()
    duties = [duty for duty, _ in timed_duties]
    still = Deadline.objects.filter(project__in={duty.project_id for duty in duties}, stopped=True)
    paused = set(still.filter(status__in=Deadline.LIVE).values_list("project_id", "who"))
    hints = _hints(user, stands_for(user), duties)
    rows = []
    for duty, due in timed_duties:
        limit = chip(due, (duty.project_id, duty.role) in paused, duty.since, today, calendar)
        rows.append(Row(duty, link(duty), limit, hints.get(duty.pk, "")))
    return rows


def chip(due: date | None, paused: bool, since: date, today: date, calendar) -> Chip:
    """超期 2 个工作日, 周四到期, 12月3日到期, 计时暂停, 已等待 6 天."""
    if due is None:
        waited = (today - since).days
        return Chip("计时暂停") if paused else Chip(f"已等待 {waited} 天" if waited > 0 else "今天到达")
    if due < today:
        late = working_days_between(due, today, calendar)
        return Chip(f"超期 {late} 个工作日" if late else "已超期", "refuses")
    if due == today:
        return Chip("今天到期", "flags")
    if due <= _sunday(today):
        return Chip(f"周{WEEKDAYS[due.weekday()]}到期", "flags")
    return Chip(f"{due.month}月{due.day}日到期" if due.year == today.year else f"{due:%Y-%m-%d}到期")


def _hints(user, people: list[int], duties: list[Duty]) -> dict[int, str]:
    """How lines came here: asked by somebody, handed over, or in place of somebody (受×委托). At most two queries."""
    asked = {int(duty.name): duty.pk for duty in duties if duty.kind == Duty.CONSULT}
    handed = [duty for duty in duties if duty.assignee_id]
    hints: dict[int, list[str]] = {duty.pk: [] for duty in duties}
    if asked:
        answers = ConsultationAnswer.objects.filter(pk__in=asked).select_related("consultation__asker")
        for each in answers:
            asker, question = each.consultation.asker.get_full_name(), each.consultation.question
            stand_in = each.to.startswith("user:") and each.to != person(user.pk)
            hints[asked[each.pk]] += [f"受{each.to_name}委托"] * stand_in + [f"{asker}:{question[:60]}"]
    if handed:
        notes = DutyAssignment.objects.filter(duty__in=[duty.pk for duty in handed]).select_related("giver")
        newest = {each.duty_id: each for each in notes.order_by("id")}
        for duty in handed:
            hints[duty.pk] += _handed(user, people, duty, newest.get(duty.pk))
    return {pk: " · ".join(said) for pk, said in hints.items()}


def _handed(user, people: list[int], duty: Duty, last: DutyAssignment | None) -> list[str]:
    by = f"{last.giver.get_full_name()}转办" + (f":{last.note}" if last.note else "") if last else ""
    if duty.assignee_id == user.pk:
        return [by] if by else []
    stand_in = duty.assignee_id in people
    return [f"{'受' if stand_in else '由'}{duty.assignee.get_full_name()}{'委托' if stand_in else '承办'}"]


def _sunday(today: date) -> date:
    return today + timedelta(days=6 - today.weekday())
