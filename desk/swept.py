"""Here: duties that come from the daily round, for every project at once. Not here: duties of one project (duties)."""

from datetime import date

from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat, Substr

from deadlines.bulk import insert_select
from deadlines.models import Deadline, Escalation
from deadlines.words import AT
from desk.models import ESCALATION, Duty
from organizations.models import Jurisdiction
from organizations.roles import APPLICANT
from policies.loader import available, load

COLUMNS = ["project_id", "holder", "role", "kind", "name", "label", "since"]


def owe_reports(on: date) -> int:
    """A duty for every recurring report that is owed; of several periods of one the oldest gives it its name."""
    made = 0
    used = Jurisdiction.objects.filter(pack__in=available()).order_by("pack").values_list("pack", flat=True).distinct()
    for pack in map(load, used):
        for spec in pack.reports:
            if spec.from_state:
                mine = Q(code__startswith=spec.code + AT, status__in=Deadline.LIVE, project__pack_code=pack.code)
                made += insert_select(Duty, COLUMNS, _rows(Deadline.objects.filter(mine), spec.record, on))
    return made


def _rows(clocks: QuerySet[Deadline], name: str, on: date) -> QuerySet:
    oldest = clocks.filter(project=OuterRef("project")).order_by("starts_on", "id").values("pk")[:1]
    office = Concat(Value("office:"), _text("project__jurisdiction_id"), Value(":"), F("who"))
    unit = Concat(Value("unit:"), _text("project__department_id"))
    return clocks.filter(pk=Subquery(oldest)).values_list(
        "project_id",
        Case(When(who=APPLICANT, then=unit), default=office, output_field=CharField()),
        "who",
        Value(Duty.EVIDENCE),
        Value(name),
        "label",
        Value(on, DateField()),
    )


def drop_settled() -> None:
    """Take back what a newly published year, and no event of the project, made late no longer."""
    named = Substr(Concat(Value(ESCALATION), F("deadline__code")), 1, 60)
    still = Escalation.objects.filter(deadline__project=OuterRef("project"), cleared_on=None, handled_on=None)
    ours = Duty.objects.filter(kind=Duty.TASK, name__startswith=ESCALATION)
    ours.exclude(Exists(still.annotate(named=named).filter(named=OuterRef("name")))).delete()


def owe_escalations(on: date) -> int:
    """A duty of the superior for everything late that was taken up and not seen to; a second time adds none."""
    label = Concat(Value("督办:“"), F("deadline__label"), Value("”已超期"))
    rows = Escalation.objects.filter(cleared_on=None, handled_on=None).values_list(
        "deadline__project_id",
        Concat(Value("office:"), _text("deadline__project__jurisdiction_id"), Value(":"), F("to")),
        "to",
        Value(Duty.TASK),
        Substr(Concat(Value(ESCALATION), F("deadline__code")), 1, 60),
        label,
        Value(on, DateField()),
    )
    return insert_select(Duty, COLUMNS, rows)


def _text(name: str) -> Cast:
    return Cast(F(name), CharField())
