"""Here: deriving a past decision again from what the ledger kept of it. Not here: the chain of hashes (ledger.py)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from policies.engine import assess
from policies.loader import PackError, parse
from policies.pack import Pack
from policies.verdicts import plain
from policies.vocabulary import FACTS
from projects.models import InstrumentEnd, PackVersion, Project

DECISIVE = ("rule", "clause", "outcome", "severity", "basis", "says", "waiver")
COMPARED = ("fact", "test", "actual", "bound", "holds")


@dataclass(frozen=True)
class Rederived:
    """A rule as it was judged and as it is judged again on the day's facts; None where one of them did not ask it."""

    rule: str
    stored: dict | None
    again: dict | None

    @property
    def differing(self) -> list[str]:
        """What is not the same; empty when the decision comes out again."""
        if self.stored is None or self.again is None:
            return ["rule"]
        return [key for key in self.stored if self.stored[key] != self.again[key]]


class NotReplayable(Exception):
    """The version of the book that judged is not on file or cannot be read."""


def replay(passage_id: int) -> list[str]:
    """What a passage's stored facts give under its stored pack version, where that differs from its stored verdicts.

    Empty when every verdict comes out the same. Wordings of labels may change; rules, operands and outcomes may not.
    """
    passage = Project.objects.get(passages=passage_id).passages.get(pk=passage_id)
    try:
        found = rederive(passage)
    except NotReplayable as problem:
        return [str(problem)]
    return [line for each in found for line in _in_words(each)]


def rederive(passage) -> list[Rederived]:
    """Every rule of a passage, as judged and judged again. Raises NotReplayable."""
    version = PackVersion.objects.filter(digest=passage.pack_digest).first()
    if version is None:
        raise NotReplayable(f"pack version {passage.pack_digest} is not on file")
    try:
        pack = parsed(version.text)
    except PackError as error:
        raise NotReplayable(f"pack version {passage.pack_digest} cannot be read: {error}") from error
    stored = [_essence(verdict) for verdict in passage.verdicts]
    found = [_paired(stored, _judged_again(passage, each)) for each in _as_in_force(pack, passage)]
    return min(found, key=lambda rules: sum(bool(each.differing) for each in rules))


@lru_cache(maxsize=4)
def parsed(text: str) -> Pack:
    """The pack of a stored text, read once for all passages that it judged."""
    return parse(text)


def _judged_again(passage, pack: Pack) -> list[dict]:
    filed = passage.project.passages.filter(move="file", number__lt=passage.number).order_by("-number").first()
    verdicts = assess(
        passage.move,
        pack,
        {name: restored(name, value) for name, value in passage.facts.items()},
        on=passage.on,
        applies_on=filed.on if filed else passage.on,
        waivers={each["rule"]: {key: each[key] for key in each if key != "rule"} for each in passage.waivers},
    )
    return [_essence(json.loads(json.dumps(verdict.as_json()))) for verdict in verdicts]


def _as_in_force(pack: Pack, passage) -> Iterator[Pack]:
    """The pack with the end known on that day; an end registered the same day may have come before or after."""
    ends = InstrumentEnd.objects.filter(pack_code=pack.code)
    before = ends.filter(recorded_on__lt=passage.on).first()
    yield replace(pack, effective_to=before.effective_to) if before else pack
    for end in ends.filter(recorded_on=passage.on):
        yield replace(pack, effective_to=end.effective_to)


def restored(name: str, value: Any) -> Any:
    """A fact as it was before it was written down as text: amounts as Decimal, dates as dates."""
    kind = FACTS[name].kind if name in FACTS else ""
    if isinstance(value, str) and kind in ("money", "number"):
        return Decimal(value)
    return date.fromisoformat(value) if isinstance(value, str) and kind == "date" else value


def _essence(verdict: dict) -> dict:
    comparisons = [{key: plain(each.get(key)) for key in COMPARED} for each in verdict.get("comparisons", ())]
    return {key: verdict.get(key) for key in DECISIVE} | {"comparisons": comparisons}


def _paired(stored: list[dict], again: list[dict]) -> list[Rederived]:
    before, after = ({each["rule"]: each for each in found} for found in (stored, again))
    return [Rederived(rule, before.get(rule), after.get(rule)) for rule in {**before, **after}]


def _in_words(each: Rederived) -> list[str]:
    if each.again is None:
        return [f"{each.rule}: was judged, is not asked now"]
    if each.stored is None:
        return [f"{each.rule}: was not judged, is asked now"]
    return [f"{each.rule} {key}: stored {each.stored[key]}, derived {each.again[key]}" for key in each.differing]
