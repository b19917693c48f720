"""Here: recurring reports that offices owe by themselves: opening them, who sees them, saying that one is made.

Not here: those that projects owe (recurring), pages.
"""

from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet

from deadlines.models import OfficeReport
from organizations import audit, clock
from organizations.models import Jurisdiction
from organizations.roles import office_jurisdictions, office_roles
from policies.loader import load
from policies.pack import Pack, ReportSpec
from policies.periods import Period, report_due
from policies.workdays import Calendar
from projects import events
from projects.errors import Forbidden, Invalid, Stale
from projects.models import Project

LONGEST = OfficeReport._meta.get_field("reference").max_length


def open_one(pack: Pack, spec: ReportSpec, place: Jurisdiction, period: Period, calendar: Calendar) -> int:
    """Each office `who` owes a report on a period by whose end something was filed under this instrument."""
    key = {"jurisdiction": place, "code": spec.code, "period": period.code}
    known = set(OfficeReport.objects.filter(**key).values_list("who", flat=True))
    owing = [role for role in spec.who if role not in known]
    if not owing or not _filed_by(place.pk, pack.code, period.last):
        return 0
    due = report_due(period, spec.within, spec.unit, calendar)
    given = {
        "rule": spec.rule, "label": spec.label, "to": list(spec.to), "period_label": period.label,
        "opened_on": clock.today(), "due_on": due and due.day, "provisional": bool(due and due.provisional),
    }  # fmt: skip
    return sum(OfficeReport.objects.get_or_create(**key, who=role, defaults=given)[1] for role in owing)


def _filed_by(jurisdiction_id: int, pack_code: str, day: date) -> bool:
    mine = Project.objects.filter(jurisdiction=jurisdiction_id, pack_code=pack_code)
    # The oldest project answers at once; only a place that has just begun has all of them looked at.
    oldest = mine.exclude(filed_on=None).order_by("pk").values_list("filed_on", flat=True).first()
    return oldest is not None and (oldest <= day or mine.filter(filed_on__lte=day).exists())


def seen_by(user) -> QuerySet[OfficeReport]:
    """The reports of a person's offices and those addressed to them; others see none."""
    mine = Q(pk__in=[])
    for jurisdiction in office_jurisdictions(user):
        held = office_roles(user, jurisdiction)
        mine |= Q(jurisdiction=jurisdiction, who__in=held)
        # JSON containment is not portable: the specs name few offices, so the codes are looked up.
        mine |= Q(jurisdiction=jurisdiction, code__in=_addressed_to(jurisdiction, held))
    return OfficeReport.objects.filter(mine).select_related("jurisdiction", "done_by")


def _addressed_to(jurisdiction_id: int, held: frozenset[str]) -> list[str]:
    place = Jurisdiction.objects.filter(pk=jurisdiction_id).first()
    return [spec.code for spec in load(place.pack).reports if held & set(spec.to)] if place else []


def owed_by(user) -> QuerySet[OfficeReport]:
    """What a person's own offices still owe, the nearest last day first."""
    mine = Q(pk__in=[])
    for jurisdiction in office_jurisdictions(user):
        mine |= Q(jurisdiction=jurisdiction, who__in=office_roles(user, jurisdiction))
    found = OfficeReport.objects.filter(mine, done_on=None)
    return found.order_by(F("due_on").asc(nulls_last=True), "opened_on", "id")


@transaction.atomic
def made(report: OfficeReport, *, actor, reference: str) -> OfficeReport:
    """The office says that it has reported, and by which paper. Raises Forbidden, Invalid (reference), Stale."""
    if report.who not in office_roles(actor, report.jurisdiction_id):
        raise Forbidden("这份报告由报告单位登记。", roles=[report.who], rule=report.rule)
    reference = reference.strip()
    if not reference or len(reference) > LONGEST or "\x00" in reference:
        raise Invalid("请按提示修改。", {"reference": [{"message": "请填写文号或说明。", "code": "required"}]})
    still = OfficeReport.objects.filter(pk=report.pk, done_on=None)
    if not still.update(done_on=clock.today(), done_by=actor, reference=reference):
        raise Stale("这份报告已经登记过。")
    audit.record(actor, "report.made", target=f"{report.code} {report.period}", reference=reference)
    report.refresh_from_db()
    events.happened("report.made", project=None, actor=actor, report=report)
    return report
