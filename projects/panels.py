"""Here: what rooms above show on the project page and before a decision. Not here: what they show (each room's panel)."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """A card of the project page: a template and what fills it.

    `side` panels stand in the right column, `head` panels before everything: for what has to be dealt with first.
    """

    name: str
    template: str
    context: Callable[..., dict | None]
    side: bool
    head: bool
    order: int

    @property
    def place(self) -> str:
        """head, side or main."""
        return "head" if self.head else "side" if self.side else "main"


_panels: list[Panel] = []


def panel(name: str, *, template: str, side: bool = False, head: bool = False, order: int = 100):
    """Register function(project, user) → context, or None to show nothing."""

    def register(function: Callable[..., dict | None]) -> Callable[..., dict | None]:
        _panels.append(Panel(name, template, function, side, head, order))
        return function

    return register


def panels(project, user) -> dict[str, list[dict]]:
    """The filled panels by place, in their order."""
    found: dict[str, list[dict]] = {"head": [], "main": [], "side": []}
    for each in sorted(_panels, key=lambda panel: panel.order):
        context = each.context(project, user)
        if context is not None:
            found[each.place].append({"template": each.template, **context})
    return found


_hints: list[Callable[..., list[str]]] = []


def hint(function: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Register function(project, user) → sentences for whoever decides next. They never stand in the way."""
    _hints.append(function)
    return function


def hints(project, user) -> list[str]:
    """Everything worth knowing before a decision that no rule asks for."""
    return [text for each in _hints for text in each(project, user)]
