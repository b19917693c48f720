"""Here: why a row of the queue matters, in a line of words; a fixed number of queries for a page. Not here: the queue."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from django.db.models import Count, Q

from desk.models import Duty
from organizations import clock
from projects.models import Project, ProjectFlag, Waiver
from projects.states import State
from reviews.duplicates import open_counts
from reviews.models import DuplicateSearch

WEEKDAYS = "一二三四五六日"


def reasons(duties: list[Duty]) -> dict[int, str]:
    """By duty: open duplicate pairs, an unfinished search, a new submission, exceptions that wait, standing flags."""
    projects = {duty.project_id for duty in duties}
    about: dict[int, list[str]] = defaultdict(list)
    for found in (_alike(projects), _unfinished(projects), _again(projects), _exceptions(projects), _flags(projects)):
        for project, text in found.items():
            about[project].append(text)
    return {duty.pk: ";".join([*_taken(duty), *about[duty.project_id]]) or _arrived(duty) for duty in duties}


def _taken(duty: Duty) -> list[str]:
    """Whom the office has given it to."""
    return [f"由{duty.assignee.display_name}承办"] if duty.assignee else []


def _arrived(duty: Duty) -> str:
    return f"{duty.since:%Y-%m-%d} 到达"


def _waited(duty: Duty, today: date) -> str:
    days = (today - duty.since).days
    return f"已等待 {days} 天" if days else "今天到达"


def _alike(projects: set[int]) -> dict[int, str]:
    filed = set(Project.objects.filter(pk__in=projects, state=State.FILED).values_list("pk", flat=True))
    found = open_counts(filed)
    return {project: f"{found[project]} 个疑似重复待判定" for project in filed & set(found)}


def _unfinished(projects: set[int]) -> dict[int, str]:
    rows = DuplicateSearch.objects.filter(project__in=projects, project__state=State.FILED, voided_at=None)
    newest = dict(rows.order_by("id").values_list("project_id", "status"))
    return {project: "查重未完成" for project, status in newest.items() if status != DuplicateSearch.DONE}


def _again(projects: set[int]) -> dict[int, str]:
    """补正后重新提交: the project has been handed in more than once at the stage where it stands."""
    rows = Project.objects.filter(pk__in=projects).annotate(
        filings=Count("passages", filter=Q(passages__move="file")),
        submissions=Count("passages", filter=Q(passages__move="submit_scheme")),
    )
    found = {}
    for pk, state, filings, submissions in rows.values_list("pk", "state", "filings", "submissions"):
        if state == State.FILED and filings > 1:
            found[pk] = f"补正后重新提交(第 {filings} 次申报)"
        elif state == State.SCHEME_FILED and submissions > 1:
            found[pk] = f"修改后重新送审(第 {submissions} 次)"
    return found


def _exceptions(projects: set[int]) -> dict[int, str]:
    rows = Waiver.objects.filter(project__in=projects, decision=Waiver.PENDING).values_list("project_id", flat=True)
    return {project: f"{number} 项例外待决定" for project, number in Counter(rows).items()}


def _flags(projects: set[int]) -> dict[int, str]:
    rows = ProjectFlag.objects.filter(project__in=projects, cleared_on=None).order_by("id")
    texts: dict[int, list[str]] = defaultdict(list)
    for project, reason in rows.values_list("project_id", "reason"):
        texts[project].append(reason.rstrip("。"))
    return {
        project: f"提示:{found[0]}" + (f" 等 {len(found)} 项" if len(found) > 1 else "")
        for project, found in texts.items()
    }


def due_in_words(duty: Duty) -> tuple[str, str]:
    """How the deadline column reads, and how it is marked (a class of .mark; empty for plain text)."""
    today = clock.today()
    if duty.due_on is None:
        return ("计时暂停", "not_applicable") if duty.paused else (_waited(duty, today), "")
    if duty.due_on < today:
        return f"超期 {(today - duty.due_on).days} 天", "refuses"
    if duty.due_on == today:
        return "今天到期", "flags"
    if duty.due_on <= today + timedelta(days=6 - today.weekday()):
        return f"周{WEEKDAYS[duty.due_on.weekday()]}到期", "flags"
    return f"{duty.due_on:%Y-%m-%d}", ""
