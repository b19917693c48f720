"""Here: the experts' card on the project page, for the offices that may know them. Not here: the draw (panel.py)."""

from projects.panels import panel
from projects.states import State
from reviews import pool
from reviews.draw_state import reason_for_experts
from reviews.models import ReviewPlan
from reviews.panel import latest_setup, may_draw, members


@panel("experts", template="reviews/experts/_card.html", side=True, order=40)
def experts(project, user) -> dict | None:
    """Who reviews, or that experts are still to be drawn; nothing where the project needs none and has none."""
    if not pool.may_read(user, project.jurisdiction_id):
        return None
    setup = latest_setup(project)
    draw = getattr(setup, "draw", None) if setup else None
    why = reason_for_experts(project)
    due = project.held_state == State.SCHEME_FILED and why["method"] == ReviewPlan.EXPERTS
    if setup is None and not due and not may_draw(user, project):
        return None
    return {"setup": setup, "members": members(draw) if draw else [], "why": why, "due": due, "project": project}
