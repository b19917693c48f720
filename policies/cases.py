"""Here: the worked cases of a pack by the clauses they exercise, as they are written. Not here: playing them (scenarios)."""

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "scenarios"


@dataclass(frozen=True)
class Case:
    """One worked case: the name of its file, its title, its clauses, and everything in it as plain data."""

    name: str
    title: str
    clauses: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict, compare=False)


@cache
def cases(code: str) -> dict[str, Case]:
    """The worked cases of a pack by name, in the order of their files; empty where there are none."""
    found = {}
    for path in sorted((FOLDER / code).glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        found[path.stem] = Case(path.stem, data["title"], tuple(data.get("clauses", ())), data)
    return found


@cache
def by_clause(code: str) -> dict[str, list[Case]]:
    """Clause id → the worked cases that exercise it."""
    found: dict[str, list[Case]] = {}
    for case in cases(code).values():
        for clause in case.clauses:
            found.setdefault(clause, []).append(case)
    return found


def count(code: str) -> int:
    """How many worked cases a pack has."""
    return len(cases(code))
