"""Here: the tables of this room under one name. Not here: what they do, see each file."""

from deadlines.models.calendar import CalendarDay, CalendarYear
from deadlines.models.clocks import Deadline, DeadlineMark, DeadlineStop
from deadlines.models.escalations import Escalation
from deadlines.models.feeds import CalendarFeed
from deadlines.models.reports import OfficeReport

__all__ = [
    "CalendarDay", "CalendarFeed", "CalendarYear", "Deadline", "DeadlineMark", "DeadlineStop", "Escalation", "OfficeReport",
]  # fmt: skip
