"""Here: the way to a project's archive volumes from its page. Not here: the page of the volumes (views.py)."""

from projects.panels import panel


@panel("volume", template="reports/volume/_card.html", side=True, order=90)
def volume(project, user) -> dict:
    """How many volumes there are, and the newest."""
    return {"volumes": list(project.volumes.all())}
