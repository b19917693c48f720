"""Here: which projects somebody may see; every query starts here. Not here: what they may do (permissions.py)."""

from functools import cache

from django.db.models import Q, QuerySet

from organizations.models import Jurisdiction, Office
from organizations.places import below
from organizations.roles import held_offices, office_jurisdictions, office_packs, office_roles
from policies.loader import available, load
from projects.errors import Forbidden
from projects.models import Project
from projects.permissions import roles
from projects.states import State

ABOVE, AT_HOME = "上级查阅", "属地查阅"


def visible_projects(user) -> QuerySet[Project]:
    """Own unit's projects; for an office all filed ones of its jurisdiction; for those the pack names also drafts.

    Those that the pack of a place above names may also read what is filed in the places below; and an office reads what
    units of its place filed under an instrument from above.

    Source: YQ-2.1-1 (the governing office sees every project of every unit), YQ-2.2-2 (others' drafts stay unseen).
    """
    return Project.objects.filter(seen_by(user))


def seen_by(user, path: str = "") -> Q:
    """The condition of `visible_projects`, for any row that has a project's jurisdiction, department and state.

    `path` leads to it from other rows, as project__: one join, where a list of projects would be gone through anew.
    """

    def has(**columns) -> Q:
        return Q(**{f"{path}{name}": value for name, value in columns.items()})

    if not getattr(user, "is_authenticated", False) or not user.is_active or not user.is_business:
        return Q(pk__in=[])
    seen = has(department_id=user.organization_id) if user.organization_id else Q(pk__in=[])
    packs, filed = office_packs(user), ~has(state=State.DRAFT)
    for jurisdiction in office_jurisdictions(user):
        drafts = office_roles(user, jurisdiction) & set(load(packs[jurisdiction]).sees_drafts)
        seen |= has(jurisdiction_id=jurisdiction) & (Q() if drafts else filed)
    lower = looked_into(user)
    if lower:
        seen |= has(jurisdiction_id__in=lower) & filed
    higher = {place for each in held_offices(user) for place in each.above}
    if higher and packs_that_claim():  # named, so that an index finds the few that were taken over
        homes = lower | {each.place for each in held_offices(user)}
        seen |= has(jurisdiction_id__in=higher, department__jurisdiction_id__in=homes) & filed
    return seen


def looked_into(user) -> frozenset[int]:
    """The places below in which this person may read what is filed: those below the offices that their pack names.

    No query for whoever holds no office of a place with others below it, else one for a user object.
    """
    if "_looked_into" not in user.__dict__:
        lead = {
            each.place for each in held_offices(user) if each.above_others and each.role in load(each.pack).looks_below
        }
        user.__dict__["_looked_into"] = below(lead) if lead else frozenset()
    return user.__dict__["_looked_into"]


def places_of(user) -> list[Jurisdiction]:
    """The places whose projects this person finds in lists, by name: own ones first; for choosing one of them."""
    own = office_jurisdictions(user)
    found = Jurisdiction.objects.filter(pk__in=own | looked_into(user))
    return sorted(found, key=lambda place: (place.pk not in own, place.code))


@cache
def packs_that_claim() -> tuple[str, ...]:
    """The codes of installed packs that take projects over from places below."""
    return tuple(code for code in available() if load(code).claims)


def looks(user, project: Project) -> str:
    """上级查阅 for whoever reads from a place above, 属地查阅 where an instrument from above took over; else empty.

    Whoever only looks can change nothing, whatever their offices elsewhere. The project must be visible.
    """
    if roles(user, project) or project.department_id == user.organization_id:
        return ""
    from_above = {project.jurisdiction_id, project.department.jurisdiction_id} & looked_into(user)
    return ABOVE if from_above else AT_HOME


def takes_part(user, project: Project) -> None:
    """Raises Forbidden for whoever only looks."""
    if held := looks(user, project):
        raise Forbidden(f"{held}:您的单位可以查阅本项目,不能办理。项目由{project.jurisdiction}的主管部门办理。")


def offices_that_see(project: Project) -> QuerySet[Office]:
    """The other way round: the offices whose people find this project among the visible ones."""
    held = Office.objects.filter(jurisdiction=project.jurisdiction_id, active=True, organization__active=True)
    return held.filter(role__in=project.pack.sees_drafts) if project.state == State.DRAFT else held


def visible(model, user) -> QuerySet:
    """Rows of a model with a `project`, restricted to projects this person may see."""
    return model.objects.filter(project__in=visible_projects(user))


def locked_project(user, project_id: int) -> Project:
    """The project, locked for this transaction, for doing something about it.

    Raises Project.DoesNotExist when it is not this person's to see, Forbidden when they only look.
    """
    if not visible_projects(user).filter(pk=project_id).exists():
        raise Project.DoesNotExist
    found = Project.objects.select_for_update(of=("self",)).select_related("department", "jurisdiction")
    project = found.get(pk=project_id)
    takes_part(user, project)
    return project
