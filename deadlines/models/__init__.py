"""Here: the tables of this room under one name. Not here: what they do, see each file."""

from deadlines.models.calendar import CalendarDay, CalendarYear
from deadlines.models.clocks import Deadline, DeadlineMark, DeadlineStop

__all__ = ["CalendarDay", "CalendarYear", "Deadline", "DeadlineMark", "DeadlineStop"]
