"""Here: 在谁手里 and the comments on the project page. Not here: the page (projects)."""

from desk.holder import holder
from desk.talking import comments
from projects.panels import panel
from projects.permissions import roles


@panel("holder", template="desk/_holder.html", side=True, order=10)
def in_whose_hands(project, user) -> dict:
    """Who has to act now."""
    return {"holder": holder(project), "project": project}


@panel("comments", template="desk/_comments.html", order=90)
def remarks(project, user) -> dict:
    """The comments this person may read."""
    held = roles(user, project)
    return {"comments": comments(project, user)[:30], "may": bool(held), "office": bool(held - {"applicant"})}
