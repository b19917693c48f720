"""Here: the expert pool as its keepers see and change it. Not here: drawing from it (panel.py), HTTP."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from organizations import audit
from organizations.naming import office_here
from organizations.roles import office_jurisdictions, office_roles
from projects.errors import Invalid
from projects.models import Project
from reviews.exclusions import standing_draws
from reviews.models import Expert, ExpertReview
from reviews.panel import members

KEEPER = "centre"
READERS = {"centre", "gov_office", "audit"}
KEPT = ("name", "employer", "title", "specialties", "phone", "active")


@dataclass(frozen=True)
class Service:
    """One review that an expert took part in, from the draw or, where none was held, from the opinion on file."""

    on: date
    project: Project
    how: str


def readable(user) -> QuerySet[Expert]:
    """The experts of every place where this person's office may know them; nobody's otherwise."""
    places = [place for place in office_jurisdictions(user) if READERS & office_roles(user, place)]
    return Expert.objects.filter(jurisdiction__in=places)


def may_read(user, jurisdiction_id: int) -> bool:
    """Whether this person's office may know the experts of a place."""
    return bool(READERS & office_roles(user, jurisdiction_id))


def may_keep(user) -> bool:
    """Whether this person's office keeps the pool of its own place."""
    unit = user.organization
    return bool(unit and KEEPER in office_roles(user, unit.jurisdiction_id))


def specialties(experts: QuerySet[Expert]) -> list[str]:
    """Every specialty that somebody has."""
    return sorted({name for names in experts.values_list("specialties", flat=True) for name in names})


def with_specialty(experts: QuerySet[Expert], specialty: str) -> QuerySet[Expert]:
    """Those who have it. The pool is read whole: no two databases search JSON lists of Chinese words alike."""
    rows = experts.values_list("pk", "specialties")
    return experts.filter(pk__in=[pk for pk, names in rows if specialty in names])


@transaction.atomic
def keep(form, *, actor) -> Expert:
    """Add or change an expert from a valid form; what changed goes to the audit log, telephone numbers excepted."""
    if not may_keep(actor):
        raise PermissionDenied(f"专家库由{office_here(actor, KEEPER)}维护")
    added = form.instance.pk is None
    if added:
        form.instance.jurisdiction = actor.organization.jurisdiction
    pairs = {
        name: [form.initial.get(name, ""), form.cleaned_data[name]] for name in form.changed_data if name != "phone"
    }
    changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    expert = form.save()
    audit.record(actor, "expert.add" if added else "expert.change", target=str(expert.pk), changed=changed)
    return expert


@transaction.atomic
def suspend(expert: Expert, *, actor, active: bool, reason: str) -> Expert:
    """Take an expert out of the pool or back into it, with a reason. Raises Invalid without one."""
    if not may_keep(actor) or expert.jurisdiction_id != actor.organization.jurisdiction_id:
        raise PermissionDenied(f"专家库由{office_here(actor, KEEPER)}维护")
    if not reason.strip():
        raise Invalid("请写明理由。", {"reason": [{"message": "请写明理由。", "code": "required"}]})
    expert.active, expert.suspended_reason = active, "" if active else reason.strip()
    expert.save(update_fields=["active", "suspended_reason"])
    action = "expert.restore" if active else "expert.suspend"
    audit.record(actor, action, target=str(expert.pk), reason=reason.strip())
    return expert


def services(jurisdictions) -> dict[int | str, list[Service]]:
    """Who served when, newest first: by expert id from draws, by name from opinions of projects without a draw."""
    found: dict[int | str, list[Service]] = defaultdict(list)
    drawn = set()
    for draw in standing_draws(jurisdictions):
        drawn.add(draw.sealed.project_id)
        for member in members(draw):
            found[member.expert.pk].append(Service(draw.drawn_on, draw.sealed.project, "抽取"))
    sheets = ExpertReview.objects.filter(project__jurisdiction__in=jurisdictions, voided_at=None)
    for sheet in sheets.exclude(project__in=drawn).select_related("project"):
        for name in sheet.experts:
            found[name].append(Service(sheet.recorded_on, sheet.project, "专家评审意见"))
    for rows in found.values():
        rows.sort(key=lambda service: service.on, reverse=True)
    return found


def of(expert: Expert, found: dict) -> list[Service]:
    """The services of one expert, newest first."""
    rows = [*found.get(expert.pk, ()), *found.get(expert.name, ())]
    return sorted(rows, key=lambda service: service.on, reverse=True)
