"""Here: which roles and posts a person holds today. Not here: what a role may do to a project."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, F, OuterRef, QuerySet

from . import clock
from .models import Delegation, Jurisdiction, Organization, Role, User
from .places import CHAIN

APPLICANT = "applicant"
ROLE_LABELS: dict[str, str] = {**dict(Role.choices), APPLICANT: "建设单位"}


@dataclass(frozen=True)
class HeldOffice:
    """An office of a unit: where, in which role, the pack there, the places above, and whether others lie below."""

    place: int
    role: str
    pack: str
    above: tuple[int, ...] = ()
    above_others: bool = False


@dataclass(frozen=True)
class _Standing:
    """A person's unit as the database knew it at first asking: whether it is in use, and the offices it holds."""

    in_use: bool
    held: tuple[HeldOffice, ...] = ()

    @cached_property
    def offices(self) -> frozenset[tuple[int, str]]:
        """Its (jurisdiction, role)s."""
        return frozenset((each.place, each.role) for each in self.held)


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
    return {each.place: each.pack for each in _standing(user).held}


def held_offices(user: User) -> tuple[HeldOffice, ...]:
    """The offices of the user's unit, with what is above and below their places."""
    return _standing(user).held


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


def remember_standing(user: User, *, in_use: bool, offices: Iterable[HeldOffice]) -> None:
    """Keep on the user object what its unit is: a request makes its own object, so it lasts as long as the request."""
    known = tuple(offices) if in_use else ()
    user._standing = _Standing(in_use, known)  # by attribute: a request's user is a proxy, with a __dict__ of its own


def office_columns(path: str) -> dict:
    """The columns from which `office_of` reads an office; `path` leads to it, e.g. organization__offices."""
    children = Jurisdiction.objects.filter(parent=OuterRef(f"{path}__jurisdiction"))
    return {
        "office_place": F(f"{path}__jurisdiction_id"),
        "office_role": F(f"{path}__role"),
        "office_pack": F(f"{path}__jurisdiction__pack"),
        **{f"office_{chain}": F(f"{path}__jurisdiction__{chain}_id") for chain in CHAIN},
        "office_leads": Exists(children),
        "office_in_use": F(f"{path}__active"),
    }


def office_of(row) -> HeldOffice:
    """The office in a row with `office_columns`."""
    higher = (getattr(row, f"office_{chain}") for chain in CHAIN)
    above = tuple(place for place in higher if place is not None)
    return HeldOffice(row.office_place, row.office_role, row.office_pack, above=above, above_others=row.office_leads)


def _standing(user: User) -> _Standing:
    """Read once per user object, unless the sign-in has brought it along (backends.py)."""
    if not user.is_active or not user.is_business:
        return _Standing(in_use=False)
    if not hasattr(user, "_standing"):
        unit = Organization.objects.filter(pk=user.organization_id, active=True)
        rows = list(unit.annotate(**office_columns("offices")))
        remember_standing(user, in_use=bool(rows), offices=[office_of(row) for row in rows if row.office_in_use])
    return user._standing
