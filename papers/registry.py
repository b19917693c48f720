"""Here: the kinds of official papers that rooms offer. Not here: what they say (each room's documents.py), numbers, files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from papers.content import Content

PROJECT, PASSAGE, BATCH, PLAN = "project", "passage", "batch", "plan"


class Writer(Protocol):
    """What a room writes: one class per paper."""

    def content(self, source: Any) -> Content:
        """What the paper says of its source; asks nothing beyond that object."""


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper. `source` names what it is made from: a kind of evidence, or project, passage, batch, plan.

    `issuer` is the role that issues it, `applicant` the unit; a pack's [papers.<name>] may say otherwise and gives the
    `series` of its numbers. Without a series it carries no number: a form.
    """

    name: str
    label: str
    stage: str
    issuer: str
    source: str
    writer: Writer
    series: str = ""


PAPERS: dict[str, PaperKind] = {}


def paper(
    name: str, *, label: str, stage: str, issuer: str, source: str, series: str = ""
) -> Callable[[type[Writer]], type[Writer]]:
    """Register the decorated class as the writer of this kind of paper."""

    def register(writer: type[Writer]) -> type[Writer]:
        if name in PAPERS and type(PAPERS[name].writer).__qualname__ != writer.__qualname__:
            raise ValueError(f"two writers for {name}")
        PAPERS[name] = PaperKind(name, label, stage, issuer, source, writer(), series)
        return writer

    return register


def labelled(label: str) -> PaperKind:
    """The kind with this Chinese name. Raises LookupError."""
    for kind in PAPERS.values():
        if kind.label == label:
            return kind
    raise LookupError(f"no paper is called {label}")
