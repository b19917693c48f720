"""Here: what day it is, for every rule and deadline. Not here: working days (see deadlines)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_day: ContextVar[date | None] = ContextVar("organizations_clock_day", default=None)


def now() -> datetime:
    """The aware moment, in Shanghai time; inside `at(day)` the real time of day on that day."""
    real = datetime.now(ZONE)
    day = _day.get()
    return real if day is None else datetime.combine(day, real.timetz())


def today() -> date:
    """The calendar date in Shanghai, or the day set by `at(day)`."""
    return now().date()


@contextmanager
def at(day: date) -> Iterator[None]:
    """Let everything inside the block happen on `day`; blocks nest, and each restores the day before it."""
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)
