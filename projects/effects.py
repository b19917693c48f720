"""Here: what follows inside this app when something happened. Not here: deciding, moving, what rooms do."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from organizations.models import Organization
from organizations.places import counts_open_work
from projects import claims, events, versions
from projects.models import Project, ProjectFlag
from projects.search import reindex
from projects.standing import refresh_flags
from projects.states import CLOSED, State


@counts_open_work
def under_way(place) -> int:
    """Projects of a place that its instrument still has to bring to an end, drafts among them."""
    return Project.objects.filter(jurisdiction=place).exclude(state__in=(*CLOSED, State.EVALUATED)).count()


@events.on("record:filing")
def settle_instrument(event: str, project, actor, **what) -> None:
    """A draft follows what an instrument of a place above says of its facts (GJ-A2-1)."""
    claims.settle(project, actor)


@events.on("move:file")
def keep_version(event: str, project, actor, passage, **what) -> None:
    """Every submission is kept word for word."""
    versions.keep(project, passage, actor)


@events.on("*")
def keep_flags(event: str, project=None, **what) -> None:
    """Flags stand or clear with the draft's first day and with every move, record and material (YQ-0-1)."""
    if project is not None:
        refresh_flags(project)


@receiver(post_save, sender=Organization, dispatch_uid="projects.unit_profile")
def keep_flags_of_unit(instance: Organization, created: bool, **what) -> None:
    """A unit that completes its profile clears what its projects were flagged for (YQ-2.2-1)."""
    if not created:
        flagged = ProjectFlag.objects.filter(cleared_on=None).values("project")
        for project in Project.objects.filter(department=instance, pk__in=flagged):
            refresh_flags(project)


@receiver(post_save, sender=Organization, dispatch_uid="projects.unit_name")
def find_by_new_name(instance: Organization, created: bool, **what) -> None:
    """Projects of a unit that was renamed are found by its new name."""
    if not created:
        reindex(Project.objects.filter(department=instance))
