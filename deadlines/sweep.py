"""Here: the daily round: reports owed, reminders, overdue marks, long waits, each exactly once. Not here: telling people.

Set-based, so that a million open clocks are a few statements. Whoever tells people (desk) listens to `deadlines.swept`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import DateField, Q, Value

from deadlines import escalation
from deadlines.bulk import insert_select
from deadlines.models import Deadline, DeadlineMark
from deadlines.recurring import open_reports
from organizations import clock
from organizations.models import Jurisdiction
from policies.loader import available, load
from policies.pack import DeadlineSpec, Pack
from projects import events
from projects.instruments import Settings


@dataclass(frozen=True)
class Swept:
    """How many marks, reports and escalations a sweep added, how many escalations it closed; a second one adds none."""

    reminders: int
    late: int
    waiting: int
    reports: int = 0
    escalated: int = 0
    cleared: int = 0


@transaction.atomic
def sweep(on: date | None = None) -> Swept:
    """Mark what is due soon, late or waiting long on this day (default today), and tell who listens, all or nothing.

    Nothing is approved, refused or moved by a passing day (YQ-3.5-5, YQ-Q9, YQ-Q10).
    """
    with clock.at(on or clock.today()):
        today = clock.today()
        reports = open_reports(today)
        marks = _remind(today), _mark_late(today), _mark_waiting(today)
        cleared = escalation.clear()
        swept = Swept(*marks, reports, escalation.escalate(today), cleared)
        events.happened("deadlines.swept", project=None, actor=None, on=today, swept=swept)
    return swept


def _remind(today: date) -> int:
    return _mark(DeadlineMark.REMINDER, "due_on", Q(remind_on__lte=today, due_on__gte=today), today)


def _mark_late(today: date) -> int:
    late = Q(due_on__lt=today)
    made = _mark(DeadlineMark.LATE, "due_on", late, today)
    Deadline.objects.filter(late, status=Deadline.OPEN).update(status=Deadline.LATE)
    return made


def _mark_waiting(today: date) -> int:
    """Past an office's own reminder days, where the text gives no figure: per jurisdiction, single projects apart."""
    made, reminded, places = 0, _reminded(), list(Jurisdiction.objects.filter(pack__in=available()))
    settings = Settings(spec.parameter for _, spec in reminded)
    for pack, spec in reminded:
        own = settings.of_projects(pack, spec.parameter)
        made += sum(_wait(spec, days, Q(project=pk), today) for pk, days in own.items())
        for jurisdiction in (place for place in places if place.pack == pack.code):
            days = settings.of_place(pack, spec.parameter, jurisdiction.pk)
            common = Q(project__jurisdiction=jurisdiction, project__pack_code=pack.code) & ~Q(project__in=own)
            made += _wait(spec, days, common, today)
    return made


def _reminded() -> list[tuple[Pack, DeadlineSpec]]:
    packs = [load(code) for code in available()]
    return [(pack, spec) for pack in packs for spec in pack.deadlines if spec.parameter and spec.within is None]


def _wait(spec: DeadlineSpec, days: int | None, whose: Q, today: date) -> int:
    if not days:
        return 0
    long = Q(code=spec.code, within=None, stopped=False, waits_from__lt=today - timedelta(days=int(days)))
    return _mark(DeadlineMark.WAITING, "waits_from", long & whose, today)


def _mark(kind: str, due: str, which: Q, today: date) -> int:
    """Insert one mark per open clock that fits and has none of this kind for this day yet; returns how many."""
    made_on = Value(today, DateField())
    rows = Deadline.objects.filter(which, status=Deadline.OPEN).values_list("id", Value(kind), due, made_on)
    return insert_select(DeadlineMark, ["deadline_id", "kind", "due", "made_on"], rows)
