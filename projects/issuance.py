"""Here: papers that go out with a move, a record, a notice or a plan, as the pack says. Not here: the officer's button (papers.py)."""

from typing import Any

import structlog

from papers import issuing
from papers.issuing import NotIssued
from papers.models import Paper
from papers.registry import BATCH, PAPERS, PASSAGE, PLAN, PaperKind
from policies.loader import load
from projects import events
from projects.papers import issuer_role, source_of

logger = structlog.get_logger(__name__)


@events.on("*")
def issue_with_move(event: str, project=None, actor=None, passage=None, **what) -> None:
    """A move that the pack gives a paper issues it, in the same transaction, when it is the paper's office that makes it."""
    spec = project.pack.moves.get(passage.move) if passage is not None and event.startswith("move:") else None
    kind = PAPERS.get(spec.paper) if spec else None
    if kind is None or passage.role != issuer_role(project, kind):
        return
    source = passage if kind.source == PASSAGE else source_of(project, kind)
    origin = issuing.origin_of(kind, source) if source is not None else None
    if origin is None or Paper.objects.filter(kind=kind.name, source=origin).exists():
        return
    _try(kind, source, actor=actor, project=project)


@events.on("*")
def issue_with_record(event: str, project=None, actor=None, record=None, **what) -> None:
    """Evidence that the pack gives a paper issues it, in the same transaction, when it is the paper's office that records."""
    name = event.removeprefix("record:")
    spec = project.pack.records.get(name) if record is not None and name != event else None
    kind = PAPERS.get(spec.paper) if spec else None
    if kind is not None and record.recorded_role == issuer_role(project, kind):
        _try(kind, record, actor=actor, project=project)


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
