"""Here: 验收体检 on the project page. Not here: what is missing (readiness.py)."""

from acceptance.readiness import readiness
from projects.panels import panel
from projects.states import CHAIN, State

SHOWN = CHAIN[CHAIN.index(State.BUILDING) : CHAIN.index(State.ACCEPTED)]


@panel("readiness", template="acceptance/_readiness.html", order=20)
def missing_for_acceptance(project, user) -> dict | None:
    """What is still missing before acceptance, by clause and who owes it; only while acceptance lies near."""
    return {"missing": readiness(project), "project": project} if project.held_state in SHOWN else None
