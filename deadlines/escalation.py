"""Here: lateness taken to the superior office that the pack names, once for each last day. Not here: telling people (desk).

After how many working days is a parameter of the place, empty at first: then nothing is taken anywhere (YQ-2.1-1).
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import DateField, F, Q, Value

from deadlines.bulk import insert_select
from deadlines.calendar import city_calendar
from deadlines.models import Deadline, Escalation
from organizations import audit, clock
from organizations.models import Jurisdiction
from policies.loader import available, load
from policies.workdays import late_since
from projects import events
from projects.errors import Forbidden, Invalid, Stale
from projects.instruments import Settings
from projects.permissions import offices_in_words, roles

COLUMNS = ["deadline_id", "due", "to", "rule", "made_on", "note"]
LONGEST = Escalation._meta.get_field("note").max_length
LATE = Q(deadline__status__in=Deadline.LIVE, deadline__due_on=F("due"))


def escalate(today: date) -> int:
    """Take up every clock that is late for as long as its place has set; one statement for each place. Returns how many."""
    calendar, made, packs = city_calendar(), 0, [pack for pack in map(load, available()) if pack.escalation]
    settings = Settings(pack.escalation.parameter for pack in packs)
    places = list(Jurisdiction.objects.filter(pack__in=[pack.code for pack in packs]))
    for pack in packs:
        to, rule = pack.escalation.to, pack.escalation.rule
        for place in (place for place in places if place.pack == pack.code):
            days = settings.of_place(pack, pack.escalation.parameter, place.pk)
            if not days:
                continue
            late = Q(due_on__lte=late_since(today, int(days), calendar), status__in=Deadline.LIVE)
            theirs = Q(project__jurisdiction=place, project__pack_code=pack.code) & ~Q(who=to)
            rows = Deadline.objects.filter(late & theirs).values_list(
                "id", "due_on", Value(to), Value(rule), Value(today, DateField()), Value("")
            )
            made += insert_select(Escalation, COLUMNS, rows)
    return made + _again()


def _again() -> int:
    """A clock that was set going again with the same last day, because its record was void, is before the superior again."""
    cleared = Escalation.objects.filter(LATE, cleared_on__isnull=False)
    return cleared.update(cleared_on=None, handled_on=None, handled_by=None, note="")


def clear(deadlines: Iterable[int] | None = None) -> int:
    """Close the escalations of these clocks (None: of all) that are late no longer: met, voided, stopped, or moved."""
    found = Escalation.objects.filter(cleared_on=None).exclude(LATE)
    if deadlines is not None:
        found = found.filter(deadline__in=deadlines)
    return found.update(cleared_on=clock.today())


def standing(project):
    """What of a project is before the superior now, oldest first."""
    found = Escalation.objects.filter(deadline__project=project, cleared_on=None)
    return found.select_related("deadline", "handled_by").order_by("id")


@transaction.atomic
def handle(escalation: Escalation, *, actor, note: str) -> Escalation:
    """The superior has taken it up with the office. Raises Forbidden, Stale, Invalid (note)."""
    project = escalation.deadline.project
    if escalation.to not in roles(actor, project):
        raise Forbidden(f"由{offices_in_words(project, [escalation.to])}督办。", roles=[escalation.to], rule=escalation.rule)
    note = note.strip()
    if not note or len(note) > LONGEST or "\x00" in note:
        message = f"请写明督办意见(不超过{LONGEST}字)。"
        raise Invalid("请按提示修改。", {"note": [{"message": message, "code": "required"}]})
    open_ones = Escalation.objects.filter(pk=escalation.pk, handled_on=None, cleared_on=None)
    if not open_ones.update(handled_on=clock.today(), handled_by=actor, note=note):
        raise Stale("这件已经督办过,或者已经办结。")
    audit.record(actor, "escalation.handle", target=escalation.deadline.code, project_id=project.pk, note=note)
    escalation.refresh_from_db()
    events.happened("escalation.handled", project=project, actor=actor, escalation=escalation)
    return escalation
