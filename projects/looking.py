"""Here: what happens when somebody opens a project they only look at. Not here: which projects those are (scope.py)."""

from organizations import audit
from projects.models import Project
from projects.scope import ABOVE, looks, takes_part

SAFE = ("GET", "HEAD", "OPTIONS")


def opened(request, project: Project) -> None:
    """A visible project was asked for: who only looks may not send anything, and a look from above is recorded.

    Raises Forbidden.
    """
    held = looks(request.user, project)
    if not held:
        return
    if request.method not in SAFE:
        takes_part(request.user, project)
    if held == ABOVE:
        audit.record(request.user, "project.look", target=request.path[:200], project_id=project.pk)
