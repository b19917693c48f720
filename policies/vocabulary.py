"""Here: the words that packs may use for facts, and who answers each. Not here: the answers themselves.

Rooms register with `@answers("procurement.contract_total", kind="money", label="合同总额")`; the book only knows names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

KINDS = ("money", "number", "text", "date", "flag", "list")


@dataclass(frozen=True)
class Fact:
    """A named question about a project. `kind` is one of KINDS; money is Decimal 元; unknown is None.

    With `by_day` the answer changes by the passing of days alone: flags that hang on it are judged anew every day.
    """

    name: str
    kind: str
    label: str
    answer: Callable[[Any], Any] | None = None
    by_day: bool = False


FACTS: dict[str, Fact] = {}


def declare(
    name: str, kind: str, label: str, answer: Callable[[Any], Any] | None = None, *, by_day: bool = False
) -> Fact:
    """Add a word to the vocabulary. Raises ValueError for a second answer to the same name or an unknown kind."""
    if kind not in KINDS:
        raise ValueError(f"fact {name}: kind {kind!r} is not one of {', '.join(KINDS)}")
    if name in FACTS:
        raise ValueError(f"fact {name} is answered twice")
    FACTS[name] = Fact(name, kind, label, answer, by_day)
    return FACTS[name]


def answers(name: str, *, kind: str, label: str, by_day: bool = False):
    """Register the decorated function(project) as the answer to `name`. It returns None for unknown, never a guess."""

    def register(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        declare(name, kind, label, function, by_day=by_day)
        return function

    return register


def nearest(name: str, known) -> str:
    """A hint for a misspelt name: (是不是“…”?), or nothing."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"(是不是“{close[0]}”?)" if close else ""


def nearest_fact(name: str, known) -> str:
    """A hint for a fact that nobody answers, also for one that was called by its label."""
    labels = {fact.label: fact.name for fact in FACTS.values() if fact.name in known}
    contained = [] if name in labels else sorted((label for label in labels if label in name), key=len, reverse=True)
    meant = contained or get_close_matches(name, labels, n=1, cutoff=0.5)
    return f"(是不是“{labels[meant[0]]}”,{meant[0]}?)" if meant else nearest(name, known)
