"""Here: which papers a project has, can get and from whom. Not here: what issues them unasked (issuance.py), numbers, drawing.

A paper's kind names its source: a kind of evidence, the project, or the passage of a move that the pack says issues it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from papers import issuing
from papers.content import Content
from papers.issuing import NotIssued
from papers.models import Paper
from papers.registry import PAPERS, PASSAGE, PROJECT, PaperKind
from projects.errors import Forbidden, ProjectError
from projects.evidence import EVIDENCE
from projects.models.record import StageRecord
from projects.permissions import offices_in_words, roles
from projects.scope import locked_project


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


def groundless(papers: Iterable[Paper]) -> dict[int, str]:
    """By the key of each paper whose record was voided: why. The paper stays; its office issues it anew or lets it be.

    One query for each kind of evidence among them.
    """
    made: dict[str, dict[int, list[int]]] = {}
    for paper in papers:
        name, _, key = paper.source.partition(":")
        if name in EVIDENCE and issubclass(EVIDENCE[name].model, StageRecord):
            made.setdefault(name, {}).setdefault(int(key), []).append(paper.pk)
    found = {}
    for name, rows in made.items():
        voided = EVIDENCE[name].model.objects.filter(pk__in=rows).exclude(voided_at=None)
        found |= {pk: reason for key, reason in voided.values_list("pk", "void_reason") for pk in rows[key]}
    return found


def names(project) -> list[str]:
    """What scenarios expect: the project's papers in force; replaced ones are left out, groundless ones marked."""
    found = list(Paper.objects.filter(project=project, replaced_by=None))
    marked = groundless(found)
    return [f"{paper.label}(依据已作废)" if paper.pk in marked else paper.label for paper in found]


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
