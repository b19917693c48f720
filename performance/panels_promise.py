"""Here: 承诺链 on the project page. Not here: what is in it (promises.py)."""

from performance.promises import STEPS, chain, gaps
from projects.evidence import EVIDENCE
from projects.panels import panel
from projects.permissions import may_record
from projects.states import CHAIN, State

SHOWN = CHAIN[CHAIN.index(State.CONTRACTED) :]


@panel("promises", template="performance/_chain.html", order=30)
def promises(project, user) -> dict | None:
    """The promises with their gaps: once a contract is signed, or as soon as the unit has put any on file."""
    found = chain(project)
    if project.held_state not in SHOWN and len(found) == 1:
        return None
    kind = EVIDENCE["performance_target"]
    may = kind.is_open(project) and may_record(user, project, kind)
    return {
        "promises": found,
        "steps": STEPS,
        "gaps": gaps(found),
        "own": len(found) > 1,
        "may": may,
        "project": project,
    }
