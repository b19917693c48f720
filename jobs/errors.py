"""Here: how a piece of work ends early. Not here: how that is written down (running)."""

from collections.abc import Callable

from django.core.exceptions import ValidationError


class Cancelled(Exception):
    """Somebody cancelled the job; `check()` and `progress()` raise it, and work lets it through."""


class Lost(Exception):
    """This run is no longer the job's: its lease ran out and another took over. Nothing it does counts any more."""


class Refused(Exception):
    """The work cannot be done, and trying again would not help; the text is what the person reads, in Chinese."""


_final: dict[type[Exception], Callable[[Exception], str]] = {
    Refused: str,
    ValidationError: lambda error: ";".join(error.messages),
}


def final(kind: type[Exception], words: Callable[[Exception], str]) -> None:
    """Let a room say which of its errors no retry can mend, and what to tell the person."""
    _final[kind] = words


def words_of(error: Exception) -> str | None:
    """What to tell the person about an error that no retry can mend; None for every other."""
    for kind in type(error).__mro__:
        if kind in _final:
            return _final[kind](error)
    return None
