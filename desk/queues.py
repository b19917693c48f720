"""Here: how queues of duties and notices are named, and which of them are a person's. Not here: what lies in them."""

from organizations import clock
from organizations.roles import APPLICANT, office_jurisdictions, office_roles, principal_ids, roles_on


def unit_queue(organization_id: int) -> str:
    """The queue of a building unit."""
    return f"unit:{organization_id}"


def office_queue(jurisdiction_id: int, role: str) -> str:
    """The queue of an office in a jurisdiction."""
    return f"office:{jurisdiction_id}:{role}"


def everybody(jurisdiction_id: int) -> str:
    """The queue of all units of a jurisdiction, later ones included."""
    return f"units:{jurisdiction_id}"


def person(user_id: int) -> str:
    """The queue of one person."""
    return f"user:{user_id}"


def queue_of(project, role: str) -> str:
    """The queue of a role towards a project."""
    if role == APPLICANT:
        return unit_queue(project.department_id)
    return office_queue(project.jurisdiction_id, role)


def desks(user) -> list[str]:
    """The queues that this person works off: the own unit's, and those of the offices it holds."""
    if not user.is_business:
        return []
    mine = [
        office_queue(jurisdiction, role)
        for jurisdiction in office_jurisdictions(user)
        for role in office_roles(user, jurisdiction)
    ]
    if APPLICANT in roles_on(user, jurisdiction_id=0, owner_id=user.organization_id):
        mine.append(unit_queue(user.organization_id))
    return sorted(mine)


def stands_for(user) -> list[int]:
    """The person, and those one stands in for today (委托); asked once for a user object, that is once a request."""
    if not user.is_business:
        return []
    day, people = user.__dict__.get("_stands_for", (None, []))
    if day != clock.today():
        day, people = clock.today(), [user.pk, *sorted(principal_ids(user))]
        user.__dict__["_stands_for"] = (day, people)
    return people


def todo_queues(user, people: list[int]) -> list[str]:
    """Where work lies for the person: desks, and what was asked of these people themselves."""
    return [*desks(user), *(person(pk) for pk in people)]


def mailboxes(user) -> list[str]:
    """The queues whose notices reach this person: desks, all units', one's own, and those one stands in for today."""
    if not user.is_business:
        return []
    people = [person(pk) for pk in stands_for(user)]
    return [*desks(user), everybody(user.organization.jurisdiction_id), *people]
