"""Here: whose jobs somebody may see, and whose results fetch. Not here: which projects somebody may see (projects)."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from jobs.models import Job
from organizations.models import User

_seen: list[Callable[[User], QuerySet]] = []


def projects_seen_by(function: Callable[[User], QuerySet]) -> Callable[[User], QuerySet]:
    """Let the room of projects say which of them a person may see."""
    _seen.append(function)
    return function


def visible_jobs(user: User) -> QuerySet[Job]:
    """A job about a project: whoever may see the project now. Any other: who asked for it."""
    shown = Q(project=None, actor=user)
    for projects in _seen:
        shown |= Q(project__in=projects(user))
    return Job.objects.filter(shown)


def own_jobs(user: User) -> QuerySet[Job]:
    """What this person asked for and may still see, newest first."""
    return visible_jobs(user).filter(actor=user).select_related("project").order_by("-created_at", "-id")
