"""Here: telling queues and people, each thing once. Not here: reading (inbox), what is worth telling (packs)."""

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Case, CharField, DateTimeField, F, Value, When
from django.db.models.functions import Cast, Concat

from deadlines.bulk import insert_select
from deadlines.models import DeadlineMark, Escalation
from desk.models import Notice
from desk.queues import everybody, queue_of, unit_queue
from organizations import clock
from organizations.models import Organization
from organizations.roles import APPLICANT
from policies.pack import NoticeSpec
from policies.verdicts import words

ALL_UNITS, NAMED = "all_units", "record."
FIELD = re.compile(r"\{record\.(\w+)\}")


def tell(queues: Iterable[str], text: str, *, event: str, key: str, project=None, rule: str = "") -> None:
    """One notice for each queue; `key` names the occasion, and the same occasion is told once."""
    now = clock.now()
    rows = [
        Notice(to=to, project=project, event=event, rule=rule, text=text, created_at=now, key=f"{key}:{to}")
        for to in dict.fromkeys(queues)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def tell_as_packed(spec: NoticeSpec, *, project=None, batch=None, subject=None) -> None:
    """What the pack wants told of an event, to roles, to `all_units`, or to the units that a field of the record names.

    In the text {project}, {number}, {unit}, {batch}, {doc_no}, {opens}, {closes} and {record.<field>} are filled in.
    """
    subject = subject or batch
    queues = [queue for to in spec.to for queue in _queues(to, project or batch, subject)]
    text = spec.text
    for name, value in _words(project, batch).items():
        text = text.replace(f"{{{name}}}", str(value))
    text = FIELD.sub(lambda found: words(getattr(subject, found[1], None)), text)
    key = f"{spec.code}:{spec.event}:{project.pk if project else ''}:{getattr(subject, 'pk', '')}"
    tell(queues, text, event=spec.event, key=key, project=project, rule=spec.rule)


def _queues(to: str, where, subject) -> list[str]:
    if to == ALL_UNITS:
        return [everybody(where.jurisdiction_id)]
    if to.startswith(NAMED):
        names = getattr(subject, to.removeprefix(NAMED), None) or []
        units = Organization.objects.filter(jurisdiction_id=where.jurisdiction_id, name__in=names)
        return [unit_queue(pk) for pk in units.order_by("pk").values_list("pk", flat=True)]
    return [queue_of(where, to)]


def _words(project, batch) -> dict[str, object]:
    if project is not None:
        return {"project": project.name, "number": project.number, "unit": project.department.name}
    return {"batch": batch.title, "doc_no": batch.doc_no, "opens": batch.opens_on, "closes": batch.closes_on}


ENDINGS = {
    DeadlineMark.REMINDER: "即将到期,请及时办理",
    DeadlineMark.LATE: "已超过期限,请尽快办理",
    DeadlineMark.WAITING: "等待已超过提醒天数(非法定期限),请及时办理",
}


def tell_of_marks(on: date) -> int:
    """One notice for every mark that a sweep of this day made, to whoever has to act; set-based, a second time adds none."""
    unit = Concat(Value("unit:"), _text("deadline__project__department_id"))
    office = Concat(Value("office:"), _text("deadline__project__jurisdiction_id"), Value(":"), F("deadline__who"))
    said = Case(*[When(kind=kind, then=Value(ending)) for kind, ending in ENDINGS.items()], output_field=CharField())
    day = Case(When(kind=DeadlineMark.WAITING, then=Value("")), default=Concat(Value("("), _text("due"), Value(")")))
    rows = DeadlineMark.objects.filter(made_on=on).values_list(
        Case(When(deadline__who=APPLICANT, then=unit), default=office, output_field=CharField()),
        "deadline__project_id",
        Concat(Value("deadline."), F("kind")),
        "deadline__rule",
        Concat(Value("“"), F("deadline__label"), Value("”"), day, said),
        Value(clock.now(), DateTimeField()),
        Concat(Value("mark:"), _text("id")),
    )
    return insert_select(Notice, ["to", "project_id", "event", "rule", "text", "created_at", "key"], rows)


def tell_of_escalations(on: date) -> int:
    """One notice to the superior for every clock that a sweep of this day took up; set-based, a second time adds none."""
    office = Concat(Value("office:"), _text("deadline__project__jurisdiction_id"), Value(":"), F("to"))
    rows = Escalation.objects.filter(made_on=on).values_list(
        office,
        "deadline__project_id",
        Value("deadline.escalated"),
        "rule",
        Concat(Value("“"), F("deadline__label"), Value("”应于"), _text("due"), Value("前办结,已超期,提请督办")),
        Value(clock.now(), DateTimeField()),
        Concat(Value("escalation:"), _text("id")),
    )
    return insert_select(Notice, ["to", "project_id", "event", "rule", "text", "created_at", "key"], rows)


def _text(name: str) -> Cast:
    return Cast(F(name), CharField())
