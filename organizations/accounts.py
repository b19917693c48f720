"""Here: opening, closing and mending accounts, with their record. Not here: pages, who may (doors.py)."""

import secrets

from axes.models import AccessAttempt
from axes.utils import reset as release_attempts
from django.db import transaction

from organizations import audit
from organizations.models import Organization, User

ACTIVE = {User: "is_active", Organization: "active"}
# Without 0 O o 1 l I: the password is read aloud or copied from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def one_time_password() -> str:
    """Sixteen characters in four groups, shown once and changed at the first sign-in."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def open_account(person: User, *, actor: User) -> str:
    """Save a new person and return the password for the first sign-in."""
    password = one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.save()
    audit.record(actor, "account_opened", person.username, post=person.post, unit=str(person.organization or ""))
    return password


@transaction.atomic
def reset_password(person: User, *, actor: User) -> str:
    """A new password for one sign-in; sessions and tokens of the person end. The second factor stays as it is."""
    password = one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    person.revoke_tokens()
    audit.record(actor, "password_reset", person.username)
    return password


@transaction.atomic
def set_active(row, active: bool, *, actor: User, reason: str = "") -> None:
    """Close or reopen an account or a unit; whoever is closed out is out at once. Nothing changes the second time."""
    if getattr(row, ACTIVE[type(row)]) == active:
        return
    setattr(row, ACTIVE[type(row)], active)
    row.save(update_fields=[ACTIVE[type(row)]])
    if isinstance(row, User) and not active:
        row.revoke_tokens()
    kind = "account" if isinstance(row, User) else "unit"
    target = row.username if isinstance(row, User) else row
    audit.record(actor, f"{kind}_{'reopened' if active else 'closed'}", target, reason=reason)


@transaction.atomic
def release(attempt: AccessAttempt, *, actor: User) -> None:
    """Let this name try again from this address."""
    release_attempts(username=attempt.username, ip=attempt.ip_address)
    audit.record(actor, "lockout_released", attempt.username or "", address=attempt.ip_address)
