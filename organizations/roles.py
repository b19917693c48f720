"""Here: which roles and posts a person holds today. Not here: what a role may do to a project."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from . import clock
from .models import Delegation, Organization, Role, User

APPLICANT = "applicant"
ROLE_LABELS: dict[str, str] = {**dict(Role.choices), APPLICANT: "建设单位"}


@dataclass(frozen=True)
class _Standing:
    """A person's unit as the database knew it at first asking: whether it is in use, and its (jurisdiction, role)s."""

    in_use: bool
    offices: frozenset[tuple[int, str]]
    packs: dict[int, str]


def office_roles(user: User, jurisdiction_id: int) -> frozenset[str]:
    """The role codes of the user's unit in a jurisdiction; empty for administrators, inactive users and units.

    An office belongs to the unit and a delegation never leaves the unit, so a delegate holds the principal's
    office roles already; what a delegation adds is the principal's post and desk, see `posts` and `principal_ids`.
    """
    return frozenset(role for jurisdiction, role in _standing(user).offices if jurisdiction == jurisdiction_id)


def roles_on(user: User, *, jurisdiction_id: int, owner_id: int) -> frozenset[str]:
    """Office roles in the project's jurisdiction, and `applicant` when the user's unit owns the project."""
    roles = office_roles(user, jurisdiction_id)
    if _standing(user).in_use and user.organization_id == owner_id:
        roles |= {APPLICANT}
    return roles


def office_jurisdictions(user: User) -> frozenset[int]:
    """The jurisdictions in which the user's unit holds any office."""
    return frozenset(jurisdiction for jurisdiction, _ in _standing(user).offices)


def office_packs(user: User) -> dict[int, str]:
    """The code of the pack in force in each jurisdiction where the user's unit holds an office."""
    return _standing(user).packs


def held(user: User) -> frozenset[str]:
    """The role codes that the user's unit holds in any jurisdiction: what to show, never what is allowed."""
    return frozenset(role for _, role in _standing(user).offices)


def posts(user: User) -> frozenset[str]:
    """The user's own post and those of everybody who has delegated to the user today; empty for administrators."""
    if not user.is_active or not user.is_business:
        return frozenset()
    return frozenset({user.post, *_held_today(user).values_list("principal__post", flat=True)})


def principal_ids(user: User) -> frozenset[int]:
    """The people for whom the user stands in today."""
    if not user.is_active or not user.is_business:
        return frozenset()
    return frozenset(_held_today(user).values_list("principal_id", flat=True))


def _held_today(user: User) -> QuerySet[Delegation]:
    return Delegation.objects.active_on(clock.today()).filter(delegate=user)


def remember_standing(user: User, *, in_use: bool, offices: Iterable[tuple[int, str, str]]) -> None:
    """Keep on the user object what its unit is: a request makes its own object, so it lasts as long as the request.

    An office is (jurisdiction, role, code of the pack there).
    """
    known = list(offices) if in_use else []
    user._standing = _Standing(  # by attribute: a request's user is a proxy, with a __dict__ of its own
        in_use, frozenset((place, role) for place, role, _ in known), {place: pack for place, _, pack in known}
    )


def _standing(user: User) -> _Standing:
    """Read once per user object, unless the sign-in has brought it along (backends.py)."""
    if not user.is_active or not user.is_business:
        return _Standing(in_use=False, offices=frozenset(), packs={})
    if not hasattr(user, "_standing"):
        rows = list(
            Organization.objects.filter(pk=user.organization_id, active=True).values_list(
                "offices__jurisdiction_id", "offices__role", "offices__jurisdiction__pack", "offices__active"
            )
        )
        offices = [(jurisdiction, role, pack) for jurisdiction, role, pack, active in rows if active]
        remember_standing(user, in_use=bool(rows), offices=offices)
    return user._standing
