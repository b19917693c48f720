"""Here: handling several duties of the inbox at once, as rooms above offer it. Not here: doing it (each room's bulk pages)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Many:
    """A page that takes `project` numbers and a `handling`, and shows a verdict for each before anything is done.

    `choices` are the names of duties it handles, with their labels, for one person.
    """

    url: str
    choices: tuple[tuple[str, str], ...]

    @property
    def names(self) -> frozenset[str]:
        """The duties that can be chosen."""
        return frozenset(name for name, _ in self.choices)


_offers: list[Callable[..., Many | None]] = []


def offer(function: Callable[..., Many | None]) -> Callable[..., Many | None]:
    """Register function(user) → what this person may do to many at once, or None."""
    _offers.append(function)
    return function


def offered(user, names: Iterable[str]) -> Many | None:
    """The first offer, narrowed to what lies on the page; None where nothing of the page can be done together."""
    shown = set(names)
    for function in _offers:
        found = function(user)
        choices = tuple(each for each in found.choices if each[0] in shown) if found else ()
        if choices:
            return Many(found.url, choices)
    return None
