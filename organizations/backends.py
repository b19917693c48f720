"""Here: how a signed-in person is read for a request. Not here: passwords (Django), lockout (axes), what a role may do."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import F

from organizations.models import User
from organizations.roles import remember_standing


class PeopleBackend(ModelBackend):
    """Django's own, reading the person and the offices of their unit in one query instead of two on every request."""

    def get_user(self, user_id: int) -> User | None:
        """The person of this id if still active, else None."""
        rows = list(
            User.objects.filter(pk=user_id, is_active=True).annotate(
                unit_in_use=F("organization__active"),
                office_place=F("organization__offices__jurisdiction_id"),
                office_role=F("organization__offices__role"),
                office_pack=F("organization__offices__jurisdiction__pack"),
                office_in_use=F("organization__offices__active"),
            )
        )
        if not rows:
            return None
        offices = [(row.office_place, row.office_role, row.office_pack) for row in rows if row.office_in_use]
        remember_standing(rows[0], in_use=bool(rows[0].unit_in_use), offices=offices)
        return rows[0]
