"""Here: which units and people somebody may see. Not here: which projects (see projects)."""

from django.db.models import Q, QuerySet

from .models import Organization, Post, User
from .roles import office_jurisdictions


def visible_organizations(user: User) -> QuerySet[Organization]:
    """One's own unit; for an office every unit of its jurisdiction; for the system administrator all; else none."""
    if not user.is_active:
        return Organization.objects.none()
    if user.post == Post.SYSTEM_ADMIN:
        return Organization.objects.all()
    if not user.is_business:
        return Organization.objects.none()
    return Organization.objects.filter(
        Q(pk=user.organization_id) | Q(jurisdiction__in=office_jurisdictions(user)),
    )


def visible_users(user: User) -> QuerySet[User]:
    """The people of the units that `user` may see; the system administrator also sees people without a unit."""
    if user.is_active and user.post == Post.SYSTEM_ADMIN:
        return User.objects.all()
    return User.objects.filter(organization__in=visible_organizations(user))
