"""Here: 待办, 已办, 我发起的, 抄送 of one person, each one query. Not here: who has to do what (duties)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from deadlines.models import Deadline
from desk.models import ESCALATION, Duty, Notice, NoticeRead
from desk.queues import mailboxes, stands_for, todo_queues
from organizations import clock
from organizations.models import AuditEvent
from policies.loader import load
from projects.evidence import EVIDENCE, address
from projects.models import Project
from projects.scope import visible_projects

SHOUTED = timedelta(days=180)
WORDS = {
    "project.open": "新建项目", "waiver.request": "申请例外", "waiver.decide": "决定例外", "urge": "催办",
    "comment": "留言", "hand": "转办", "consult": "发起加签", "consult.answer": "答复加签",
    "consult.withdraw": "收回加签", "copy": "抄送",
}  # fmt: skip


def todo(user, *, whole_unit: bool = False) -> QuerySet[Duty]:
    """待办: what the person's unit and offices have to do, newest first; what was handed to a colleague is theirs.

    Work of somebody who delegated to this person today is the person's too. `whole_unit` shows colleagues' besides.
    """
    return mine_to_do(user, whole_unit=whole_unit).select_related("project__department").order_by("-id")


def mine_to_do(user, *, whole_unit: bool = False) -> QuerySet[Duty]:
    """As `todo`, bare, for counting and choosing.

    What the book puts on a desk is about a project that this desk sees: the queue is the scope, and no project is read.
    An opinion that somebody was asked for is not put there by the book, so there the project is looked at.
    """
    people = stands_for(user)
    found = Duty.objects.filter(holder__in=todo_queues(user, people)).order_by()
    found = found.filter(~Q(kind=Duty.CONSULT) | Q(project__in=visible_projects(user)))
    return found if whole_unit else found.filter(Q(assignee=None) | Q(assignee__in=people))


def waiting(user, *, most: int = 100) -> int:
    """How many duties wait for the person; counts no further than `most`."""
    return len(mine_to_do(user).values_list("pk", flat=True)[:most])


def done(user) -> QuerySet[AuditEvent]:
    """已办: moves, records and decisions that this person made on projects, newest first."""
    projects = visible_projects(user).values("pk")
    return AuditEvent.objects.filter(actor=user, project_id__in=projects).order_by("-id")


def mine(user) -> QuerySet[Project]:
    """我发起的: the projects of the person's unit, newest first."""
    own = visible_projects(user).filter(department_id=user.organization_id)
    return own.select_related("department").order_by("-id")


def notices(user) -> QuerySet[Notice]:
    """抄送: everything the person is told, newest first, each with `seen`; personal ones only of projects still visible."""
    reads = NoticeRead.objects.filter(notice=OuterRef("pk"), user=user)
    told = Notice.objects.filter(to__in=mailboxes(user))
    told = told.exclude(Q(to__startswith="user:") & ~Q(project__in=visible_projects(user)))
    return told.annotate(seen=Exists(reads)).select_related("project").order_by("-id")


def unread(user, *, most: int = 100) -> int:
    """How many notices of the last half year nobody but this person has to read; counts no further than `most`."""
    recent = notices(user).filter(seen=False, created_at__gte=clock.now() - SHOUTED)
    return len(recent.values_list("pk", flat=True)[:most])


def mark_read(user, ids: list[int] | None = None) -> int:
    """Mark these notices (None: all) as read; others' are ignored. Returns how many were unread."""
    new = notices(user).filter(seen=False)
    if ids is not None:
        new = new.filter(pk__in=ids)
    rows = [NoticeRead(notice_id=pk, user=user, read_at=clock.now()) for pk in new.values_list("pk", flat=True)]
    NoticeRead.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@dataclass(frozen=True)
class Entry:
    """A line of 待办 as pages and REST show it; `due_on` is the nearest statutory day of that role, if any."""

    duty: Duty
    due_on: date | None
    waiting: int

    @property
    def url(self) -> str:
        """Where it is done."""
        return link(self.duty)


def entries(duties: list[Duty]) -> list[Entry]:
    """Duties with their nearest due day and the days they have been waiting; one query for all."""
    pairs = Deadline.objects.filter(project__in={duty.project_id for duty in duties}, status__in=Deadline.LIVE)
    nearest = {
        (project, who): due
        for project, who, due in pairs.exclude(due_on=None)
        .values_list("project_id", "who")
        .annotate(first=models.Min("due_on"))
    }
    today = clock.today()
    return [Entry(duty, nearest.get((duty.project_id, duty.role)), (today - duty.since).days) for duty in duties]


def link(duty: Duty) -> str:
    """The page on which a duty is done."""
    number = duty.project.number
    if duty.kind == Duty.MOVE:
        return reverse("projects:move", args=[number, duty.name])
    if duty.kind == Duty.CONSULT:
        return reverse("projects:project", args=[number]) + "#consultations"
    if duty.kind == Duty.EVIDENCE or (duty.kind == Duty.TASK and duty.name in EVIDENCE):
        return address(number, duty.name)
    if duty.kind == Duty.TASK and duty.name.startswith(ESCALATION):
        return reverse("deadlines:project", args=[number])
    pages = {Duty.MATERIAL: "projects:materials", Duty.WAIVER: "projects:waivers", Duty.TASK: "projects:project"}
    return reverse(pages[duty.kind], args=[number])


def in_words(event: AuditEvent, project: Project) -> str:
    """What somebody did: the place's name for the move, the kind of evidence, the document."""
    kind, _, name = event.action.partition(":")
    if kind == "move":
        spec = load(project.pack_code).moves.get(name)
        return (spec and spec.label) or name
    if kind in ("record", "void") and name in EVIDENCE:
        return f"{'登记' if kind == 'record' else '作废'}“{EVIDENCE[name].label}”"
    if kind == "material":
        slot = next((slot for slot in load(project.pack_code).materials if slot.code == name), None)
        return f"提交“{slot.name if slot else name}”"
    return WORDS.get(event.action, event.action)
