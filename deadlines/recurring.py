"""Here: recurring reports that projects owe: for which period, and who has made them. Not here: reports of offices, pages.

A report of a project is a clock like any other (code `<report>@<period>`), so that board, 时限表 and statistics know it.
"""

from datetime import date, timedelta

from django.db.models import BooleanField, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models import PositiveSmallIntegerField as Small
from django.db.models.functions import Cast, Concat

from deadlines import office_reports
from deadlines.bulk import insert_select
from deadlines.calendar import city_calendar
from deadlines.models import Deadline
from deadlines.reckoning import before
from deadlines.words import AT, report_code
from organizations.models import Jurisdiction
from policies.loader import available, load
from policies.pack import Pack, ReportSpec
from policies.periods import Period, chosen, period_of, report_due
from policies.workdays import Calendar, Due
from projects.evidence import EVIDENCE, between
from projects.instruments import Settings
from projects.models import Project
from projects.states import CHAIN, State
from projects.transitions import entered

DAY = timedelta(days=1)


def open_reports(today: date) -> int:
    """Open what is owed for the period that has ended, or that runs if the text wants the report by its last day.

    One statement for each report and place; what was opened or made before stays as it is. Returns how many came.
    """
    calendar, made = city_calendar(), 0
    settings = Settings(spec.parameter for pack in map(load, available()) for spec in pack.reports if spec.parameter)
    for place in Jurisdiction.objects.filter(pack__in=available()).order_by("pk"):
        pack = load(place.pack)
        for spec in pack.reports:
            period = owed_period(pack, spec, place.pk, today, settings)
            if period:
                owed = _of_projects if spec.from_state else office_reports.open_one
                made += owed(pack, spec, place, period, calendar)
    return made


def owed_period(pack: Pack, spec: ReportSpec, jurisdiction_id: int, today: date, settings: Settings) -> Period | None:
    """The period a report is owed for on a day; None for one that is made on demand."""
    setting = settings.of_place(pack, spec.parameter, jurisdiction_id) if spec.parameter else None
    every = chosen(spec.every, setting)
    if not every:
        return None
    running = period_of(every, today)
    return running if spec.within == 0 else running.before


def _of_projects(pack: Pack, spec: ReportSpec, place: Jurisdiction, period: Period, calendar: Calendar) -> int:
    code, due = report_code(spec, period.code), report_due(period, spec.within, spec.unit, calendar)
    start, within, unit = _clock(spec, period, due)
    given = {
        "project_id": F("id"), "code": Value(code), "rule": Value(spec.rule), "who": Value(spec.who[0]),
        "label": Value(f"{spec.label}({period.label})"[:100]), "trigger": Value(f"report:{period.code}"),
        "starts_on": Value(start, DateField()), "waits_from": Value(start, DateField()),
        "within": Value(within, Small()), "unit": Value(unit),
        "remind_before": Value(spec.remind_before), "due_on": Value(due and due.day, DateField()),
        "remind_on": Value(due and before(due, spec.remind_before, unit, calendar), DateField()),
        "provisional": Value(bool(due and due.provisional), BooleanField()), "stopped": Value(False, BooleanField()),
        "status": Value(Deadline.OPEN), "met_by": Value(""),
    }  # fmt: skip
    rows = owing(pack, spec, place.pk, period).values_list(*given.values())
    return insert_select(Deadline, list(given), rows)


def _clock(spec: ReportSpec, period: Period, due: Due | None) -> tuple[date, int | None, str]:
    """The first day, length and unit of the clock that ends on the last day for the report."""
    if spec.within == 0:
        return period.first - DAY, (period.last - period.first).days + 1, "days"
    if due is not None and spec.unit == "months":
        return period.last, (due.day - period.last).days, "days"
    return period.last, spec.within, spec.unit


def owing(pack: Pack, spec: ReportSpec, jurisdiction_id: int, period: Period) -> QuerySet[Project]:
    """Projects that were in the span of the report during the period and have neither made nor been asked for it."""
    span = between(spec.from_state, spec.to_state or CHAIN[-1])
    later = CHAIN[CHAIN.index(span[-1]) + 1 :]
    states = [*span, *later, *([State.SUSPENDED] if spec.while_suspended else [])]
    asked = Deadline.objects.filter(project=OuterRef("pk"), code=report_code(spec, period.code))
    found = Project.objects.filter(
        entered(span, on__lte=period.last),
        ~entered(later, on__lt=period.first),
        ~Exists(asked),
        ~Exists(_made_early(spec, period)),
        jurisdiction=jurisdiction_id,
        pack_code=pack.code,
        state__in=states,
    )
    return found.filter(kind__in=spec.kinds) if spec.kinds else found


def _made_early(spec: ReportSpec, period: Period) -> QuerySet:
    """Reports put on file within the period itself that did not answer for an earlier one."""
    mine = Concat(Value(f"record:{spec.record}#"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    used = Deadline.objects.filter(code__startswith=spec.code + AT, met_by=mine)
    on_file = EVIDENCE[spec.record].valid(OuterRef("pk")).order_by()
    return on_file.filter(~Exists(used), recorded_on__range=(period.first, period.last))


def clocks_of(specs: list[ReportSpec]) -> Q:
    """The clocks of these recurring reports."""
    return Q(pk__in=[]) if not specs else Q(*(Q(code__startswith=spec.code + AT) for spec in specs), _connector=Q.OR)
