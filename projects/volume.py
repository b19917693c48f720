"""Here: what rooms put into a project's archive volume. Not here: typesetting and binding (papers.binding, reports.volume).

A room registers its part in `<room>/volume.py`, which is loaded at start-up:

    @part("deadlines", title="时限表", order=30)
    def deadlines(project):
        yield Leaf("时限表", [Table(...)])
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.content import Block


@dataclass(frozen=True)
class Leaf:
    """One entry of the volume: some blocks on pages of their own, then `files`, each a (title, Attachment).

    `stage` puts it among the papers of that stage; without one it stands under the title of the part that gave it.
    `by` is who answers for it, `clause` what asked for it.
    """

    title: str
    blocks: Sequence[Block]
    on: date | None = None
    by: str = ""
    stage: str = ""
    clause: str = ""
    files: Sequence[tuple[str, Any]] = ()


@dataclass(frozen=True)
class Part:
    """Leaves of one kind: their heading where they belong to no stage, their place, and who gathers them."""

    name: str
    title: str
    order: int
    leaves: Callable[[Any], Iterable[Leaf]]


PARTS: dict[str, Part] = {}


def part(name: str, *, title: str = "", order: int = 100):
    """Register function(project) → leaves. Lower orders come first, among the parts and within a stage on one day."""

    def register(function: Callable[[Any], Iterable[Leaf]]) -> Callable[[Any], Iterable[Leaf]]:
        PARTS[name] = Part(name, title, order, function)
        return function

    return register


def parts() -> list[Part]:
    """All parts in their order."""
    return sorted(PARTS.values(), key=lambda each: each.order)
