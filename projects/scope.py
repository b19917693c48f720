"""Here: which projects somebody may see; every query starts here. Not here: what they may do (permissions.py)."""

from django.db.models import Q, QuerySet

from organizations.models import Office
from organizations.roles import office_jurisdictions, office_packs, office_roles
from policies.loader import load
from projects.models import Project
from projects.states import State


def visible_projects(user) -> QuerySet[Project]:
    """Own unit's projects; for an office all filed ones of its jurisdiction; for those the pack names also drafts.

    Source: YQ-2.1-1 (the governing office sees every project of every unit), YQ-2.2-2 (others' drafts stay unseen).
    """
    return Project.objects.filter(seen_by(user))


def seen_by(user) -> Q:
    """The condition of `visible_projects`, for any row that has a project's jurisdiction, department and state."""
    if not getattr(user, "is_authenticated", False) or not user.is_active or not user.is_business:
        return Q(pk__in=[])
    seen = Q(department_id=user.organization_id) if user.organization_id else Q(pk__in=[])
    packs = office_packs(user)
    for jurisdiction in office_jurisdictions(user):
        drafts = office_roles(user, jurisdiction) & set(load(packs[jurisdiction]).sees_drafts)
        seen |= Q(jurisdiction_id=jurisdiction) & (Q() if drafts else ~Q(state=State.DRAFT))
    return seen


def offices_that_see(project: Project) -> QuerySet[Office]:
    """The other way round: the offices whose people find this project among the visible ones."""
    held = Office.objects.filter(jurisdiction=project.jurisdiction_id, active=True, organization__active=True)
    return held.filter(role__in=project.pack.sees_drafts) if project.state == State.DRAFT else held


def visible(model, user) -> QuerySet:
    """Rows of a model with a `project`, restricted to projects this person may see."""
    return model.objects.filter(project__in=visible_projects(user))


def locked_project(user, project_id: int) -> Project:
    """The project, locked for this transaction. Raises Project.DoesNotExist when it is not this person's to see."""
    if not visible_projects(user).filter(pk=project_id).exists():
        raise Project.DoesNotExist
    return (
        Project.objects.select_for_update(of=("self",)).select_related("department", "jurisdiction").get(pk=project_id)
    )
