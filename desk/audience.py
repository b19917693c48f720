"""Here: whom somebody may address about a project: offices and people who may see it. Not here: what they are told."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from desk.queues import desks, office_queue, person
from organizations.models import BUSINESS_POSTS, User
from projects.permissions import offices_in_words
from projects.scope import offices_that_see


@dataclass(frozen=True)
class Addressee:
    """An office or a person; `queue` is where it reaches them."""

    queue: str
    name: str
    unit: str = ""


def offices(project, actor) -> list[Addressee]:
    """The offices that see the project, without the actor's own."""
    mine = set(desks(actor))
    found = [
        Addressee(office_queue(project.jurisdiction_id, role), offices_in_words(project, [role]))
        for role in sorted({office.role for office in offices_that_see(project)})
    ]
    return [each for each in found if each.queue not in mine]


def people(project, actor=None) -> list[Addressee]:
    """The people of those offices and of the owning unit, by unit, without the actor."""
    users = readers(project).exclude(pk=actor.pk if actor else None)
    return [
        Addressee(person(user.pk), user.get_full_name(), user.organization.name)
        for user in users.order_by("organization__name", "display_name", "pk")
    ]


def readers(project, *, offices_only: bool = False):
    """The users who may see a project, or what offices say of it among themselves."""
    units = Q(organization__in=[office.organization_id for office in offices_that_see(project)])
    if not offices_only:
        units |= Q(organization=project.department_id)
    found = User.objects.filter(units, is_active=True, post__in=BUSINESS_POSTS, organization__active=True)
    return found.select_related("organization")


def colleagues(person: User) -> QuerySet[User]:
    """The officials of the same unit who are there, by name: to whom work may be handed."""
    unit = User.objects.filter(organization=person.organization_id, is_active=True, post__in=BUSINESS_POSTS)
    return unit.exclude(pk=person.pk).order_by("display_name", "pk")


def chosen(project, actor, queues: list[str]) -> list[Addressee]:
    """Those of the offered addressees whose queues were chosen, in the order offered; strange ones are left out."""
    offered = {each.queue: each for each in (*offices(project, actor), *people(project, actor))}
    return [each for queue, each in offered.items() if queue in set(queues)]
