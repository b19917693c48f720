"""Here: short ways to act as an office in the tests of this room. Not here: the city (tests/conftest.py)."""

import pytest

from egov_projects.walk import submit
from projects.errors import Refused
from projects.evidence import EVIDENCE
from projects.transitions import perform
from reviews import corrections


class Desk:
    """Acts for the city's offices: records evidence from its example overlaid by fields, makes moves, tells refusals."""

    def __init__(self, city) -> None:
        self.city = city

    def record(self, project, name, *, by="centre", **fields):
        """The record; its lawful example, overlaid. Raises what the door raises."""
        project.refresh_from_db()
        data = {**EVIDENCE[name].example(project), **fields}
        return submit(project, name, data, actor=self.city.users[by])[0]

    def flags(self, project, name, **fields):
        """Rules that only pointed something out while recording."""
        project.refresh_from_db()
        data = {**EVIDENCE[name].example(project), **fields}
        verdicts = submit(project, name, data, actor=self.city.users["centre"])[1]
        return [verdict.rule for verdict in verdicts if verdict.outcome == "flags"]

    def do(self, project, move, *, by="centre", note="按规定办理。"):
        """The state after the move."""
        perform(project.pk, move, actor=self.city.users[by], note=note)
        project.refresh_from_db()
        return project.state

    def answer(self, project):
        """The unit answers every defect of the return that waits."""
        while corrections.unanswered(project):
            self.record(project, "defect_answer", by="applicant")

    def refused(self, action, *args, **kwargs):
        """The rules that refuse the action, exactly."""
        with pytest.raises(Refused) as error:
            action(*args, **kwargs)
        return error.value.rules

    def reason(self, action, *args, **kwargs):
        """What the first refusing rule says in words."""
        with pytest.raises(Refused) as error:
            action(*args, **kwargs)
        return error.value.verdicts[0].reason


@pytest.fixture
def desk(city) -> Desk:
    """The city's desks."""
    return Desk(city)


def lines(rows, **changes):
    """A checklist with one item's columns changed: lines(rows, item="1a", basis="")."""
    item = changes.pop("item")
    return [row | changes if row["item"] == item else row for row in rows]
