"""Here: who is signed in, and ending a session without showing its key. Not here: pages, idle sessions (middleware)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from organizations.models import User

SEEN = "last_seen"  # written by egov_projects.middleware.IdleSession


def alive() -> QuerySet[Session]:
    """Sessions that have not run out, the newest first."""
    return Session.objects.filter(expire_date__gt=timezone.now()).order_by("-expire_date", "session_key")


def mark_of(session: Session) -> str:
    """A name for a session that opens nothing."""
    return salted_hmac("organizations.sessions", session.session_key).hexdigest()


def described(page: Iterable[Session], *, own: str | None) -> list[dict]:
    """Person, last use, end and mark of each session of somebody; two queries whatever the page holds."""
    data = [(session, session.get_decoded()) for session in page]
    people = User.objects.select_related("organization").in_bulk({_person(each) for _, each in data} - {None})
    return [
        {
            "person": people[_person(each)],
            "seen": datetime.fromtimestamp(each[SEEN], UTC) if SEEN in each else None,
            "until": session.expire_date,
            "mark": mark_of(session),
            "own": session.session_key == own,
        }
        for session, each in data
        if _person(each) in people
    ]


def _person(data: dict) -> int | None:
    return int(data[SESSION_KEY]) if SESSION_KEY in data else None


def end(mark: str) -> User | None:
    """End the session with this mark and say whose it was; None when there is none."""
    for session in alive().iterator():
        if constant_time_compare(mark_of(session), mark):
            person = User.objects.filter(pk=_person(session.get_decoded())).first()
            session.delete()
            return person
    return None


def end_all(person: User) -> None:
    """End every session of a person."""
    keys = [each.session_key for each in alive().iterator() if _person(each.get_decoded()) == person.pk]
    Session.objects.filter(session_key__in=keys).delete()
