"""Here: 验收体检 on the project page. Not here: what is missing (readiness.py)."""

from acceptance.readiness import readiness
from projects.panels import panel
from projects.permissions import roles
from projects.states import CHAIN, State

SHOWN = CHAIN[CHAIN.index(State.BUILDING) : CHAIN.index(State.ACCEPTED)]


@panel("readiness", template="acceptance/_readiness.html", order=20)
def missing_for_acceptance(project, user) -> dict | None:
    """What is still missing before acceptance, by clause and who owes it; only while acceptance lies near."""
    if project.held_state not in SHOWN:
        return None
    found, held = readiness(project), roles(user, project)
    mine = {each.owed_by for each in found.missing if held & set(each.owes)}
    return {"missing": found, "project": project, "mine": mine}
