"""Here: the named tests that a pack may use. Not here: any city, date, project or threshold."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Predicate:
    """A test of one value against a bound. `label` reads between the two operands; `unary` tests take no bound.

    `accepts_unknown` tests may look at a value that nobody has answered yet (None); all others are undetermined then.
    """

    name: str
    label: str
    holds: Callable[..., bool]
    unary: bool = False
    accepts_unknown: bool = False


PREDICATES: dict[str, Predicate] = {}


def predicate(name: str, label: str, *, unary: bool = False, accepts_unknown: bool = False):
    """Register the decorated function as the test `name`."""

    def register(function: Callable[..., bool]) -> Callable[..., bool]:
        PREDICATES[name] = Predicate(name, label, function, unary, accepts_unknown)
        return function

    return register


@predicate("present", "已具备", unary=True, accepts_unknown=True)
def present(value: Any) -> bool:
    """Something is on file: not None, not blank, not an empty list, not a plain 'no'."""
    return value is not None and value is not False and value != "" and value != [] and value != ()


@predicate("absent", "未出现", unary=True, accepts_unknown=True)
def absent(value: Any) -> bool:
    """Nothing is on file; for a list: no entry."""
    return not present(value)


@predicate("yes", "为是", unary=True)
def yes(value: Any) -> bool:
    """The answer is yes."""
    return value is True


@predicate("no", "为否", unary=True)
def no(value: Any) -> bool:
    """The answer is no."""
    return value is False


@predicate("at_least", "≥")
def at_least(value: Any, *, bound: Any) -> bool:
    """（含）以上: value >= bound."""
    return value >= bound


@predicate("above", ">")
def above(value: Any, *, bound: Any) -> bool:
    """超过: value > bound."""
    return value > bound


@predicate("at_most", "≤")
def at_most(value: Any, *, bound: Any) -> bool:
    """不超过: value <= bound."""
    return value <= bound


@predicate("below", "<")
def below(value: Any, *, bound: Any) -> bool:
    """不足: value < bound."""
    return value < bound


@predicate("equals", "=")
def equals(value: Any, *, bound: Any) -> bool:
    """The same value."""
    return bool(value == bound)


@predicate("differs", "≠")
def differs(value: Any, *, bound: Any) -> bool:
    """Another value."""
    return bool(value != bound)


@predicate("one_of", "属于")
def one_of(value: Any, *, bound: Any) -> bool:
    """The value is among those listed."""
    return value in bound


@predicate("none_of", "不属于")
def none_of(value: Any, *, bound: Any) -> bool:
    """The value is not among those listed."""
    return value not in bound


@predicate("contains", "包含")
def contains(value: Any, *, bound: Any) -> bool:
    """The list holds the bound."""
    return bound in value


@predicate("contains_all", "全部包含")
def contains_all(value: Any, *, bound: Any) -> bool:
    """The list holds every entry of the bound."""
    return set(bound) <= set(value)


@predicate("mentions", "提到")
def mentions(value: Any, *, bound: Any) -> bool:
    """The text, or an entry of the list, has one of the words of the bound in it."""
    texts = [value] if isinstance(value, str) else value
    return any(word in text for text in texts for word in bound)


@predicate("on_or_before", "不晚于")
def on_or_before(value: Any, *, bound: Any) -> bool:
    """The date is not later than the bound."""
    return value <= bound


@predicate("on_or_after", "不早于")
def on_or_after(value: Any, *, bound: Any) -> bool:
    """The date is not earlier than the bound."""
    return value >= bound


@predicate("before", "早于")
def before(value: Any, *, bound: Any) -> bool:
    """The date is earlier than the bound."""
    return value < bound


@predicate("ratio_at_most", "占比不超过")
def ratio_at_most(value: Decimal, *, bound: Decimal, of: Decimal) -> bool:
    """value ÷ of <= bound, compared without division so that nothing is rounded."""
    return value <= bound * of
