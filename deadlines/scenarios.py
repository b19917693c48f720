"""Here: what a scenario may expect of a project's clocks. Not here: the runner (egov_projects.scenarios)."""

from typing import Any

from deadlines.timetable import Row, timetable


def deadline(project, code: str, wanted: dict[str, Any]) -> list[str]:
    """One line for every difference. `status` is none (no such clock), open, stopped, late or met; `due` may be ""."""
    row = next((row for row in reversed(timetable(project)) if row.code == code), None)
    got = {
        "status": state(row) if row else "none",
        "due": (row.due_on or "") if row else "",
        "provisional": bool(row and row.provisional),
    }
    keys = [key for key in got if key in wanted]
    return [f"deadline {code} {key}: expected {wanted[key]}, got {got[key]}" for key in keys if wanted[key] != got[key]]


def state(row: Row) -> str:
    """The state of a clock today in one English word, lateness by the day and not by the last sweep."""
    labels = {"停表": "stopped", "已超期": "late", "已办结": "met", "逾期办结": "met"}
    return labels.get(row.status_label, "open")
