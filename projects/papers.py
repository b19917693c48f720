"""Here: which papers a project has, can get and from whom; moves and notices that issue one. Not here: numbers, drawing (papers).

A paper's kind names its source: a kind of evidence, the project, or the passage of a move that the pack says issues it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet

from papers import issuing
from papers.content import Content
from papers.issuing import NotIssued
from papers.models import Paper
from papers.registry import BATCH, PAPERS, PASSAGE, PLAN, PROJECT, PaperKind
from policies.loader import load
from projects import events
from projects.errors import Forbidden, ProjectError
from projects.evidence import EVIDENCE
from projects.permissions import offices_in_words, roles
from projects.scope import locked_project

logger = structlog.get_logger(__name__)


class CannotIssue(ProjectError):
    """The paper cannot be issued now; the detail says why."""

    code = "not_issued"
    title = "现在不能出具"


@dataclass(frozen=True)
class Offer:
    """A paper that somebody's office can issue now."""

    kind: PaperKind
    label: str


def of_project(project) -> QuerySet[Paper]:
    """Every paper of the project, newest first, with its files and what replaced it."""
    found = Paper.objects.filter(project=project).select_related("issuer", "replaces", "replaced_by")
    return found.prefetch_related("files").order_by("-issued_on", "-id")


def notices(source: str, rows: Iterable[Any]) -> dict[int, Paper]:
    """The papers made from these rows (batches, plans) that stand, by the row's key. One query."""
    keys = {f"{source}:{row.pk}": row.pk for row in rows}
    found = Paper.objects.filter(source__in=keys, replaced_by=None, project=None)
    return {keys[paper.source]: paper for paper in found}


def source_of(project, kind: PaperKind, before: Paper | None = None) -> Any:
    """What a paper of this kind is made from today, or None while it is not there.

    A paper made from a passage is made anew from that same passage; from evidence, from the newest valid record.
    """
    if kind.source == PROJECT:
        return project
    if kind.source == PASSAGE:
        made_by = [name for name, spec in project.pack.moves.items() if spec.paper == kind.name]
        passages = project.passages.filter(move__in=made_by)
        if before is not None:
            passages = passages.filter(pk=before.source.rpartition(":")[2])
        return passages.order_by("-number").first()
    return EVIDENCE[kind.source].current(project) if kind.source in EVIDENCE else None


def issuer_role(project, kind: PaperKind) -> str:
    """The role that issues this kind here."""
    spec = project.pack.papers.get(kind.name)
    return (spec.issuer if spec else "") or kind.issuer


def may_issue(user, project, kind: PaperKind) -> bool:
    """Whether this place issues the paper and this person is of the office that does."""
    return kind.name in project.pack.papers and issuer_role(project, kind) in roles(user, project)


def offers(project, user) -> list[Offer]:
    """The papers that this person's office can issue now: the source is on file, and none was issued from it yet."""
    done = set(Paper.objects.filter(project=project).values_list("kind", "source"))
    found = []
    for name, spec in project.pack.papers.items():
        kind = PAPERS.get(name)
        if kind is None or not may_issue(user, project, kind):
            continue
        source = source_of(project, kind)
        if source is not None and (name, issuing.origin_of(kind, source)) not in done:
            found.append(Offer(kind, spec.label or kind.label))
    return found


def draft(project, name: str, *, actor) -> tuple[Content, str]:
    """What the paper would say now, and its number without the serial. Raises Forbidden and CannotIssue."""
    source = _ready(project, name, actor)
    try:
        return issuing.draft(name, source, actor=actor, project=project)
    except NotIssued as error:
        raise CannotIssue(str(error)) from error


@transaction.atomic
def issue(project_id: int, name: str, *, actor) -> Paper:
    """Issue a paper by the officer's button. Raises Project.DoesNotExist, Forbidden and CannotIssue."""
    project = locked_project(actor, project_id)
    source = _ready(project, name, actor)
    try:
        return issuing.issue(name, source, actor=actor, project=project)
    except NotIssued as error:
        raise CannotIssue(str(error)) from error


@transaction.atomic
def reissue(project_id: int, paper_id: int, reason: str, *, actor) -> Paper:
    """Issue a paper anew with a reason; the old one stays. Raises as `issue` does, and Paper.DoesNotExist."""
    project = locked_project(actor, project_id)
    old = Paper.objects.get(pk=paper_id, project=project)
    source = _ready(project, old.kind, actor, before=old)
    try:
        return issuing.reissue(old, reason, source=source, actor=actor, pack=project.pack)
    except NotIssued as error:
        raise CannotIssue(str(error)) from error


def _ready(project, name: str, actor, before: Paper | None = None) -> Any:
    kind = PAPERS.get(name)
    if kind is None or name not in project.pack.papers:
        raise CannotIssue("本地制度没有规定出具这种公文。")
    if not may_issue(actor, project, kind):
        raise Forbidden(f"“{kind.label}”由{offices_in_words(project, [issuer_role(project, kind)])}出具。")
    source = source_of(project, kind, before)
    if source is None:
        raise CannotIssue(f"还没有可以出具“{kind.label}”的依据。")
    return source


@events.on("*")
def issue_with_move(event: str, project=None, actor=None, passage=None, **what) -> None:
    """A move that the pack gives a paper issues it for whoever makes the move, in the same transaction."""
    spec = project.pack.moves.get(passage.move) if passage is not None and event.startswith("move:") else None
    if spec is None or not spec.paper:
        return
    kind = PAPERS[spec.paper]
    source = passage if kind.source == PASSAGE else source_of(project, kind)
    origin = issuing.origin_of(kind, source) if source is not None else None
    if origin is None or Paper.objects.filter(kind=kind.name, source=origin).exists():
        return
    _try(kind, source, actor=actor, project=project)


@events.on("batch")
def issue_with_batch(event: str, batch=None, actor=None, **what) -> None:
    """The yearly notice goes out as a paper where the place issues one (YQ-3.1-1), unless it was numbered elsewhere."""
    if batch.doc_no:
        return
    for paper in _issue_all(BATCH, batch, actor):
        batch.doc_no = paper.number
        batch.save(update_fields=["doc_no"])


@events.on("plan")
def issue_with_plan(event: str, lock=None, actor=None, **what) -> None:
    """A year's plan that was locked goes out as a paper where the place issues one (YQ-3.3-5)."""
    _issue_all(PLAN, lock, actor)


def _issue_all(kind_of_source: str, source: Any, actor) -> list[Paper]:
    """The papers that the place issues from a notice or a plan."""
    pack = load(source.jurisdiction.pack)
    kinds = [PAPERS[name] for name in pack.papers if name in PAPERS and PAPERS[name].source == kind_of_source]
    return [paper for kind in kinds if (paper := _try(kind, source, actor=actor, pack=pack))]


def _try(kind: PaperKind, source: Any, **how) -> Paper | None:
    """A place that has nobody to issue a paper can move on all the same; the office issues it later by its button."""
    try:
        return issuing.issue(kind.name, source, **how)
    except NotIssued as error:
        logger.warning("paper_not_issued", kind=kind.name, reason=str(error))
        return None
