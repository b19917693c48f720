"""Here: the papers on the project page. Not here: their own page (views/papers.py)."""

from papers.models import Paper
from projects.panels import panel
from projects.papers import groundless, offers

NEWEST = 4


@panel("papers", template="projects/_papers.html", side=True, order=28)
def papers(project, user) -> dict | None:
    """The newest papers in force, and how many this person's office can issue."""
    if not project.ledger_length:
        return None
    found = Paper.objects.filter(project=project, replaced_by=None)[:NEWEST]
    return {"papers": found, "groundless": groundless(found), "offers": offers(project, user)}
