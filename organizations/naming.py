"""Here: what a person's own place calls its offices. Not here: who holds them (roles.py), a project's place (its pack)."""

from organizations.models import User
from organizations.roles import ROLE_LABELS
from policies.loader import load


def office_here(user: User, role: str) -> str:
    """What this person's place calls an office; the usual word for a person without a place."""
    place = user.organization.jurisdiction if user.organization else None
    return (place and load(place.pack).offices.get(role)) or ROLE_LABELS[role]
