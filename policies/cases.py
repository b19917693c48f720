"""Here: the titles of the worked cases by the clauses they exercise. Not here: playing them (scenarios)."""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "scenarios"


@cache
def by_clause(code: str) -> dict[str, list[str]]:
    """Clause id → titles of the worked cases of this pack, in the order of their files; empty where there are none."""
    found: dict[str, list[str]] = {}
    for path in sorted((FOLDER / code).glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for clause in data.get("clauses", ()):
            found.setdefault(clause, []).append(data["title"])
    return found


def count(code: str) -> int:
    """How many worked cases a pack has."""
    return len(list((FOLDER / code).glob("*.toml")))
