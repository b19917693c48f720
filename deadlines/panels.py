"""Here: 时限表 on the project page, and the board of an office. Not here: reckoning (timetable.py)."""

from deadlines.escalation import standing
from deadlines.timetable import timetable
from projects.panels import panel


@panel("deadlines", template="deadlines/_timetable.html", side=True, order=20)
def deadline_table(project, user) -> dict:
    """Every clock of the project as it stands today."""
    return {"rows": timetable(project), "number": project.number, "escalated": standing(project).count()}
