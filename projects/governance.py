"""Here: the one object that is both a move's condition and its explanation. Not here: rules (packs), the lock (transitions)."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from policies.verdicts import Verdict, allowed

_judged: ContextVar[tuple[int, str] | None] = ContextVar("judged", default=None)


@dataclass(frozen=True)
class GovernedBy:
    """Called by django-fsm as a condition; asked by pages, REST and the ledger for its verdicts."""

    move: str

    def __call__(self, project) -> bool:
        """True only inside the door, for the project and the move it has just judged and allowed."""
        return _judged.get() == (project.pk, self.move)

    @property
    def __name__(self) -> str:
        return f"governed_by_{self.move}"

    def verdicts(self, project) -> tuple[Verdict, ...]:
        """What the project's instrument says of this move today."""
        from projects.judgement import judge

        return judge(project, self.move)


def governed_by(move: str) -> GovernedBy:
    """The condition and explanation of a move."""
    return GovernedBy(move)


@contextmanager
def judged(project, move: str, verdicts: tuple[Verdict, ...]):
    """Open the map for one move whose verdicts allow it. Raises ValueError when one of them blocks."""
    if not allowed(verdicts):
        raise ValueError("a blocked move cannot be opened")
    token = _judged.set((project.pk, move))
    try:
        yield
    finally:
        _judged.reset(token)
