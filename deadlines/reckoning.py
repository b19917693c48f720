"""Here: where one clock stands on a day. Not here: what starts or stops it (clocks), the arithmetic (policies.workdays)."""

from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.models import Deadline
from policies.workdays import Calendar, Clock, Due, due_with_stops

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """`clock` is None without a statutory figure; `waited` and `stopped` are days, working days where the period is."""

    clock: Clock | None
    waited: int
    stopped: int


def standing(deadline: Deadline, calendar: Calendar, today: date) -> Standing:
    """What has been used, what remains, and how long the clock stood still, as known on `today`."""
    stops = [(stop.starts_on, stop.ends_on) for stop in deadline.stops.all()]
    plain = due_with_stops(deadline.starts_on, 0, "days", stops, calendar, today)
    if deadline.within is None:
        return Standing(None, plain.used, (today - deadline.starts_on).days - plain.used)
    clock = due_with_stops(deadline.starts_on, deadline.within, deadline.unit, stops, calendar, today)
    running = due_with_stops(deadline.starts_on, deadline.within, deadline.unit, [], calendar, today)
    return Standing(clock, plain.used, running.used - clock.used)


def reckon(deadline: Deadline, calendar: Calendar, today: date) -> None:
    """Fill the computed columns of a live clock; call `save()` or `bulk_update` with COMPUTED afterwards."""
    now = standing(deadline, calendar, today)
    deadline.waits_from = today - timedelta(days=now.waited)
    deadline.stopped = any(stop.ends_on is None for stop in deadline.stops.all())
    due = now.clock.due if now.clock else None
    deadline.due_on = due.day if due else None
    deadline.provisional = bool(due and due.provisional)
    deadline.remind_on = before(due, deadline.remind_before, deadline.unit, calendar) if due else None
    if deadline.status == Deadline.LATE and not deadline.late_on(today):
        deadline.status = Deadline.OPEN


COMPUTED = ["waits_from", "stopped", "due_on", "provisional", "remind_on", "status"]


def before(due: Due, n: int, unit: str, calendar: Calendar) -> date:
    """n units before the last day, for reminders; working days where the period is in working days, else days."""
    day = due.day
    while n > 0:
        day -= DAY
        n -= unit != "working_days" or calendar.is_workday(day)
    return day
