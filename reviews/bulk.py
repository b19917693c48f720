"""Here: one handling of many projects: a verdict per row first, then each row through the door by itself. Not here: pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from desk.many import Many, offer
from organizations import audit, clock
from organizations.roles import office_jurisdictions, office_roles
from policies.loader import load
from policies.verdicts import Verdict
from projects import transitions
from projects.errors import ProjectError, Stale
from projects.evidence import EVIDENCE, record
from projects.models import Project
from projects.permissions import offices_in_words
from projects.scope import locked_project, visible_projects
from reviews.models import BulkHandling, FilingReceipt
from reviews.queue import OFFICES

MOST = 200
BLOCKED = "-"
MOVES = ("endorse", "approve_scheme", "return_filing", "return_scheme", "reject")
RECORDS = {
    "filing_receipt": ("受理登记:受理", {"outcome": FilingReceipt.ACCEPTED}),
    "duplicate_search": ("重新查重", {}),
}


@dataclass(frozen=True)
class Handling:
    """What can be done to many at once: a move, or evidence whose `data` is the same for every project."""

    name: str
    label: str
    data: dict | None = None
    needs_note: bool = False

    @property
    def is_move(self) -> bool:
        """A move; else a record."""
        return self.data is None

    def make(self, project: Project, actor, note: str) -> None:
        """Through the door. Raises ProjectError."""
        if self.is_move:
            transitions.perform(project.pk, self.name, actor=actor, note=note)
        else:
            record(project.pk, self.name, self.data, actor=actor)

    def stamp(self, project: Project) -> str:
        """What somebody saw who looked at the project: any move or record of this kind since makes it another one."""
        newest = None if self.is_move else EVIDENCE[self.name].current(project)
        return f"{project.state}.{project.ledger_length}.{newest.pk if newest else 0}"


@dataclass(frozen=True)
class Row:
    """One project of a preview: `stamp` is BLOCKED where it cannot be done, then `reason` and `verdicts` say why."""

    project: Project
    stamp: str
    reason: str = ""
    verdicts: tuple[Verdict, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it can be done now."""
        return self.stamp != BLOCKED


@dataclass(frozen=True)
class Preview:
    """The rows that can be seen, and how many of those asked for were not found among them."""

    rows: list[Row] = field(default_factory=list)
    not_found: int = 0

    @property
    def allowed(self) -> list[Row]:
        """Those that can be done."""
        return [row for row in self.rows if row.allowed]

    @property
    def blocked(self) -> list[Row]:
        """Those that cannot."""
        return [row for row in self.rows if not row.allowed]


def handlings(user) -> dict[str, Handling]:
    """What this person's reviewing offices may do to many at once, by name."""
    found: dict[str, Handling] = {}
    for code, held in _packs(user):
        pack = load(code)
        for name, (label, data) in RECORDS.items():
            if name in pack.records and held & set(pack.records[name].by):
                found.setdefault(name, Handling(name, label, data))
        for name in MOVES:
            spec = pack.moves.get(name)
            if spec and held & set(spec.by):
                found.setdefault(name, Handling(name, spec.label or name, needs_note=spec.note == "required"))
    return found


@offer
def in_the_inbox(user) -> Many | None:
    """The same for the rows of the plain inbox; retrying a search is nobody's duty."""
    found = tuple((each.name, each.label) for each in handlings(user).values())
    return Many(reverse("reviews:bulk"), found) if found else None


def _packs(user) -> list[tuple[str, frozenset[str]]]:
    from organizations.models import Jurisdiction

    rows = Jurisdiction.objects.filter(pk__in=office_jurisdictions(user)).values_list("pk", "pack")
    return [(pack, office_roles(user, pk) & OFFICES) for pk, pack in rows]


def preview(user, handling: Handling, numbers: Iterable[str]) -> Preview:
    """What the door would say of each; nothing is done. What the person may not see counts as not found."""
    wanted = list(dict.fromkeys(numbers))[:MOST]
    seen = visible_projects(user).filter(number__in=wanted).select_related("department", "jurisdiction")
    found = {project.number: project for project in seen}
    rows = [_rehearsed(user, handling, found[number]) for number in wanted if number in found]
    return Preview(rows, len(wanted) - len(found))


def _rehearsed(user, handling: Handling, project: Project) -> Row:
    try:
        if handling.is_move:
            transitions.rehearse(project, handling.name, actor=user, note="预览")
        else:
            with transaction.atomic():
                handling.make(project, user, "")
                transaction.set_rollback(True)
    except ProjectError as error:
        blocking = tuple(verdict for verdict in getattr(error, "verdicts", ()) if verdict.blocks)
        return Row(project, BLOCKED, error.detail, blocking)
    return Row(project, handling.stamp(project))


def run(user, handling: Handling, asked: list[tuple[str, str]], *, note: str, key: UUID) -> BulkHandling:
    """Handle (number, stamp) one by one, each in its own transaction, and keep what became of it.

    The same `key` again does nothing and returns what was done the first time; somebody else's key is LookupError.
    """
    start = {"user": user, "label": handling.label, "made_at": clock.now()}
    made, new = BulkHandling.objects.get_or_create(key=key, defaults=start)
    if made.user_id != user.pk:
        raise LookupError(key)
    if not new:
        return made
    asked = list(dict(asked).items())[:MOST]
    found = {
        each.number: each
        for each in visible_projects(user)
        .filter(number__in=[number for number, _ in asked])
        .select_related("department")
    }
    made.not_found = len(asked) - len(found)
    for number, stamp in asked:
        if number in found:
            made.rows.append(_handled(user, handling, found[number], stamp, note))
            made.save(update_fields=["rows", "not_found"])
    made.finished = True
    made.save(update_fields=["finished", "not_found"])
    done = sum(row["done"] for row in made.rows)
    audit.record(user, "bulk", target=handling.label, done=done, refused=len(made.rows) - done, key=str(key))
    return made


def _handled(user, handling: Handling, project: Project, stamp: str, note: str) -> dict:
    row = {"number": project.number, "name": project.name, "unit": project.department.name, "done": False}
    if stamp == BLOCKED:
        again = _rehearsed(user, handling, project)
        reason = again.reason or "预览之后已具备条件,请再次选中办理。"
        return row | {"reason": reason, "rules": rules_of(project, again.verdicts)}
    try:
        with transaction.atomic():
            locked = locked_project(user, project.pk)
            if stamp != handling.stamp(locked):
                raise Stale("您查看之后项目有了变化(可能已经办过),没有重复办理。")
            handling.make(locked, user, note)
    except ProjectError as error:
        blocking = [verdict for verdict in getattr(error, "verdicts", ()) if verdict.blocks]
        return row | {"reason": error.detail, "rules": rules_of(project, blocking)}
    except Project.DoesNotExist:
        return row | {"reason": "没有找到这个项目。", "rules": []}
    return row | {"done": True, "reason": "", "rules": []}


def rules_of(project: Project, verdicts: Iterable[Verdict]) -> list[dict]:
    """Why not, clause by clause, as plain data."""
    return [
        {
            "rule": verdict.rule,
            "citation": verdict.citation,
            "reason": verdict.reason,
            "unblock": offices_in_words(project, verdict.unblock) if verdict.unblock else "",
        }
        for verdict in verdicts
    ]
