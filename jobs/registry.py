"""Here: which kinds of work there are. Not here: asking for one (start), doing it (running).

A room registers its work in `<room>/works.py`, which is loaded at start-up:

    @work("papers.issue", label="生成公文", queue="documents")
    def issue(job):
        ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

QUEUES = ("default", "documents", "imports")


@dataclass(frozen=True)
class Work:
    """A kind of work. `keep` is how long a result can be fetched, `attempts` how often a run may fail before it ends."""

    name: str
    label: str
    function: Callable
    queue: str
    keep: timedelta
    attempts: int


_works: dict[str, Work] = {}


def work(name: str, *, label: str, queue: str = "default", keep: timedelta = timedelta(days=30), attempts: int = 4):
    """Register function(job: jobs.running.Run) as the work called `name`; 30 days and 4 attempts unless told."""
    if queue not in QUEUES:
        raise ValueError(f"{name}: no queue {queue!r}, there are {', '.join(QUEUES)}")

    def register(function: Callable) -> Callable:
        if name in _works:
            raise ValueError(f"{name} is registered twice")
        _works[name] = Work(name, label, function, queue, keep, attempts)
        return function

    return register


def find(name: str) -> Work:
    """The work of that name. Raises LookupError."""
    if name not in _works:
        raise LookupError(f"no work is called {name!r}")
    return _works[name]


def known(name: str) -> bool:
    """Whether there is such work (a row may outlive it)."""
    return name in _works


def label(name: str) -> str:
    """What people call it; the name itself when the work is no longer there."""
    return _works[name].label if name in _works else name


def queue(name: str) -> str:
    """The queue it waits in; the default one for a kind that is no longer there, so that it fails where it is seen."""
    return _works[name].queue if name in _works else QUEUES[0]
