"""Here: deriving a past decision again from what the ledger kept of it. Not here: the chain of hashes (ledger.py)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from policies.engine import assess
from policies.loader import PackError, parse
from policies.pack import Pack
from policies.verdicts import plain
from policies.vocabulary import FACTS
from projects.models import InstrumentEnd, PackVersion, Project

DECISIVE = ("rule", "clause", "outcome", "severity", "basis", "says", "waiver")
COMPARED = ("fact", "test", "actual", "bound", "holds")


def replay(passage_id: int) -> list[str]:
    """What a passage's stored facts give under its stored pack version, where that differs from its stored verdicts.

    Empty when every verdict comes out the same. Wordings of labels may change; rules, operands and outcomes may not.
    """
    passage = Project.objects.get(passages=passage_id).passages.get(pk=passage_id)
    version = PackVersion.objects.filter(digest=passage.pack_digest).first()
    if version is None:
        return [f"pack version {passage.pack_digest} is not on file"]
    try:
        pack = parse(version.text)
    except PackError as error:
        return [f"pack version {passage.pack_digest} cannot be read: {error}"]
    stored = [_essence(verdict) for verdict in passage.verdicts]
    found = [_differences(stored, _judged_again(passage, each)) for each in _as_in_force(pack, passage)]
    return min(found, key=len)


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


def _differences(stored: list[dict], again: list[dict]) -> list[str]:
    before, after = ({each["rule"]: each for each in found} for found in (stored, again))
    problems = [f"{rule}: was judged, is not asked now" for rule in before if rule not in after]
    problems += [f"{rule}: was not judged, is asked now" for rule in after if rule not in before]
    for rule in before:
        keys = [key for key in before[rule] if rule in after and before[rule][key] != after[rule][key]]
        problems += [f"{rule} {key}: stored {before[rule][key]}, derived {after[rule][key]}" for key in keys]
    return problems
