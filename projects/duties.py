"""Here: what the regulation will ask of a draft, as it is being typed. Not here: asking it (policies)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from organizations import clock
from policies.lines import AMOUNT, Line, lines
from policies.obligations import Obligation, obligations
from policies.pack import Pack

FIRST = 4


@dataclass
class Step:
    """What is asked from one line on; `fresh` when the amount passed it since the page was opened."""

    line: Line
    duties: list[Obligation] = field(default_factory=list)
    fresh: bool = False

    @property
    def heading(self) -> str:
        """Which line was reached, and how many duties that adds."""
        return f"{self.line.words},{'新增' if self.fresh else '共'} {len(self.duties)} 项"


@dataclass
class Duties:
    """The list beside the filing: steps by amount (highest first), documents, everything else by stage."""

    steps: list[Step]
    materials: list[Obligation]
    stages: dict[str, list[Obligation]]
    total: int
    news: list[str]


def facts(kind: str, origin: str, amount: Decimal | None) -> dict[str, Any]:
    """What is known of a project that is only being typed."""
    given = {"project.kind": kind, "project.origin": origin, AMOUNT: amount}
    return {name: value for name, value in given.items() if value not in (None, "")}


def duties(pack: Pack, now: dict[str, Any], before: dict[str, Any]) -> Duties:
    """What is asked now, and what is new or gone compared with what was known when the page was opened."""
    found, earlier = _asked(pack, now), _asked(pack, before)
    steps = list(reversed(list(_steps(pack, found, earlier))))
    stepped = {_key(each) for step in steps for each in step.duties}
    materials = [each for each in found.values() if each.what == "material"]
    stages: dict[str, list[Obligation]] = {}
    for key, each in found.items():
        if each.what != "material" and key not in stepped:
            stages.setdefault(each.stage or "全程", []).append(each)
    return Duties(steps, materials, stages, len(found), _news(steps, now, before, set(found), set(earlier)))


def _asked(pack: Pack, known: dict[str, Any]) -> dict[tuple, Obligation]:
    """Whatever holds, and what may hold for sure of the amount, once per clause and document."""
    return {
        _key(each): each
        for each in obligations(pack, known, on=clock.today())
        if each.applies or (each.applies is None and any(seen.fact == AMOUNT for seen in each.because))
    }


def _key(each: Obligation) -> tuple[str, str, str]:
    return each.rule, each.what, each.material


def _steps(pack: Pack, found: dict[tuple, Obligation], earlier: dict[tuple, Obligation]) -> Iterator[Step]:
    """One step for every line that is passed."""
    for line in lines(pack):
        asked = [
            (key, each)
            for key, each in found.items()
            if any((seen.fact, seen.test, seen.bound) == (AMOUNT, line.test, line.bound) for seen in each.because)
        ]
        if asked:
            yield Step(line, [each for _, each in asked], all(key not in earlier for key, _ in asked))


def _news(steps: list[Step], now: dict, before: dict, found: set, earlier: set) -> list[str]:
    """What a screen reader is told; empty when nothing changed."""
    if found == earlier:
        return []
    told = [step.heading for step in steps if step.fresh]
    more, less = len(found - earlier), len(earlier - found)
    if told and now.get("project.kind") == before.get("project.kind"):
        return told
    parts = [f"新增 {more} 项" if more else "", f"减少 {less} 项" if less else ""]
    return [*told, f"与打开本页时相比,{'、'.join(filter(None, parts))}"]
