"""Here: what follows when something happened, in the same transaction. Not here: what exactly (each room's effects.py).

Events are `move:<name>`, `record:<evidence>`, `void:<evidence>`, `material:<code>`, `waiver`, `investment` and `created`;
a handler gets `project`, `actor` and what the event brings (`passage` or `record`). `batch` (a filing notice was
published, brings `batch`), `plan` (a year's plan was locked, brings `lock`), `deadlines.swept` (the daily round, brings
`on`, `swept`) and `report.made` (an office has made a recurring report, brings `report`) come with `project` None.
`escalation.handled` brings `escalation`.
"""

from collections.abc import Callable
from contextlib import nullcontext

from projects.judgement import facts_may_change, facts_stand

_handlers: dict[str, list[Callable]] = {}


def on(*names: str):
    """Call the decorated function when one of these events happens; '*' for all. Handlers run in order of registration."""

    def register(handler: Callable) -> Callable:
        for name in names:
            _handlers.setdefault(name, []).append(handler)
        return handler

    return register


def happened(name: str, **what) -> None:
    """Tell everyone who listens: first the particular handlers, which may put things on file, then those for everything."""
    particular = _handlers.get(name, ())
    with facts_may_change() if particular else nullcontext():
        for handler in particular:
            handler(event=name, **what)
        with facts_stand(what.get("project")):
            for handler in _handlers.get("*", ()):
                handler(event=name, **what)


def names() -> set[str]:
    """The events somebody listens to."""
    return set(_handlers)
