"""Here: the secret address of a person's calendar, and what stands in it. Not here: its format (ics), HTTP (feed_views)."""

import hashlib
import secrets

from django.db.models import Q, QuerySet
from django.urls import reverse

from deadlines.calendar import label
from deadlines.ics import Entry
from deadlines.models import CalendarFeed, Deadline, OfficeReport
from deadlines.office_reports import owed_by
from organizations import audit, clock
from organizations.models import User
from organizations.roles import APPLICANT, office_jurisdictions, office_roles, roles_on
from policies.loader import load
from policies.workdays import Due
from projects.scope import visible

MOST = 500


def rotate(user: User) -> str:
    """A new secret for the person's calendar; the one before works no longer. It is told here and never again."""
    token = secrets.token_urlsafe(32)
    kept = {"token_hash": digest(token), "made_at": clock.now(), "read_at": None}
    CalendarFeed.objects.update_or_create(user=user, defaults=kept)
    audit.record(user, "calendar_feed.made", target=user.username)
    return token


def revoke(user: User) -> bool:
    """End the person's calendar address; False when there was none."""
    gone, _ = CalendarFeed.objects.filter(user=user).delete()
    if gone:
        audit.record(user, "calendar_feed.revoked", target=user.username)
    return bool(gone)


def digest(token: str) -> str:
    """What is kept of a secret. It is long and random, so one round is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def reader(token: str) -> User | None:
    """Whose calendar it is, if the address still stands and the person is still an official here."""
    feed = CalendarFeed.objects.select_related("user__organization").filter(token_hash=digest(token)).first()
    if feed is None or not feed.user.is_active or not feed.user.is_business:
        return None
    CalendarFeed.objects.filter(pk=feed.pk).update(read_at=clock.now())
    return feed.user


def theirs(user: User) -> QuerySet[Deadline]:
    """Running clocks with a last day that this person's unit or offices have to meet, the nearest first."""
    mine = Q(pk__in=[])
    for jurisdiction in office_jurisdictions(user):
        mine |= Q(project__jurisdiction=jurisdiction, who__in=office_roles(user, jurisdiction))
    if APPLICANT in roles_on(user, jurisdiction_id=0, owner_id=user.organization_id):
        mine |= Q(project__department=user.organization_id, who=APPLICANT)
    found = visible(Deadline, user).filter(mine, status__in=Deadline.LIVE, due_on__isnull=False)
    return found.select_related("project__department").order_by("due_on", "id")


def entries(user: User, site: str) -> list[Entry]:
    """The person's calendar: last days of clocks and of the office's own reports; `site` is what links begin with."""
    clocks = [_of_clock(each, site) for each in theirs(user)[:MOST]]
    return clocks + [_of_report(each, site) for each in owed_by(user).filter(due_on__isnull=False)[:MOST]]


def _of_clock(each: Deadline, site: str) -> Entry:
    project, rule = each.project, load(each.project.pack_code).by_id.get(each.rule)
    late = "已超期:" if each.late_on(clock.today()) else ""
    lines = [
        f"{project.name}({project.number})",
        f"建设单位:{project.department.name}",
        f"依据:{rule.clause if rule else ''} {each.rule}",
    ]
    if each.provisional:
        lines.append(label(Due(each.due_on, (each.due_on.year,))))
    return Entry(
        uid=f"deadline-{each.pk}@egov-projects",
        day=each.due_on,
        summary=f"{late}{each.label} {project.name}",
        description="\n".join(lines),
        url=site + reverse("projects:project", args=[project.number]),
    )


def _of_report(each: OfficeReport, site: str) -> Entry:
    return Entry(
        uid=f"report-{each.pk}@egov-projects",
        day=each.due_on,
        summary=f"{'已超期:' if each.late_on(clock.today()) else ''}报送 {each}",
        description=f"依据:{each.rule}",
        url=site + reverse("deadlines:reports"),
    )
