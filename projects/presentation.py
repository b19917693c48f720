"""Here: the project as a page shows it: lifecycle bar, records by stage, timeline. Not here: HTTP, decisions."""

from django.db import models

from policies.verdicts import words
from projects import declared
from projects.evidence import EVIDENCE, type_of
from projects.models.declared import DeclaredRecord
from projects.models.record import StageRecord
from projects.permissions import may_record
from projects.transitions import label_of

QUIET = {"recorded_by", "recorded_at", "recorded_role", "voided_at", "void_reason", "project", "id", "recorded_on"}

OVERSIGHT = "监督"


def lifecycle_bar(project) -> list[dict]:
    """The stages of the text with done/now/ahead and the day each was left (YQ-0-2)."""
    held = project.held_state
    route = project.route
    left = {}
    for passage in project.passages.order_by("number"):
        left[passage.source] = passage.on
    bar = []
    for stage in project.pack.stages:
        states = [state for state in stage["states"] if state in route]
        if not states:
            continue
        now = held in states
        ahead = held not in route or route.index(states[0]) > route.index(held)
        bar.append(
            {
                "name": stage["name"],
                "article": stage.get("article", ""),
                "position": "now" if now else ("ahead" if ahead else "done"),
                "on": None if now or ahead else left.get(states[-1]),
            }
        )
    return bar


def timeline(project) -> list[dict]:
    """Who moved the project when, from where to where, with the note, newest first."""
    return [
        {
            "on": passage.on,
            "label": label_of(project, passage.move),
            "by": passage.acting_for,
            "actor": passage.actor_name,
            "target": passage.get_target_display(),
            "note": passage.note,
            "number": passage.number,
            "flags": sum(verdict["outcome"] == "flags" for verdict in passage.verdicts),
            "waived": sum(verdict["outcome"] == "waived" for verdict in passage.verdicts),
        }
        for passage in project.passages.order_by("-number")
    ]


def records_on_file(project) -> list[dict]:
    """Valid records grouped by kind, each with its fields in words and its tables."""
    declared: dict[str, list] = {}
    for row in DeclaredRecord.objects.filter(project=project, voided_at=None).order_by("-id").select_related("recorded_by"):
        declared.setdefault(row.name, []).append(row)
    found = []
    for kind in EVIDENCE.values():
        if issubclass(kind.model, StageRecord) and kind.exists_for(project):
            valid = declared.get(kind.name, ()) if kind.declared else kind.valid(project).select_related("recorded_by")
            rows = [_record(each) for each in valid]
            if rows:
                found.append({"kind": kind, "label": kind.called(project), "rows": rows})
    return found


def recordable(project, user) -> list[dict]:
    """Kinds of evidence that are open now and this person's to record."""
    return [
        {"kind": kind, "label": kind.called(project), "aside": kind.stage == OVERSIGHT}
        for kind in EVIDENCE.values()
        if kind.is_open(project) and may_record(user, project, kind) and kind.offered(project)
    ]


def _record(row) -> dict:
    if isinstance(row, DeclaredRecord):
        return {"row": row, "fields": declared.shown_fields(row), "tables": declared.shown_tables(row)}
    fields = [
        {"label": label_of_field(each), "value": shown(row, each), "attachment": attachment(row, each)}
        for each in row._meta.concrete_fields
        if each.name not in QUIET and not each.name.endswith("_ptr")
    ]
    return {"row": row, "fields": fields, "tables": list(_tables(row))}


def _tables(row):
    for relation in row._meta.related_objects:
        if relation.field.name != "record":
            continue
        columns = [
            each
            for each in relation.related_model._meta.concrete_fields
            if each.name not in {"id", "record", "position"}
        ]
        lines = getattr(row, relation.get_accessor_name()).all()
        yield {
            "name": relation.related_model._meta.verbose_name,
            "columns": [each.verbose_name for each in columns],
            "rows": [[shown(line, each) for each in columns] for line in lines],
        }


def shown(row, each: models.Field) -> str:
    """A value in words: choices by their label, related rows by their name, unknown as a dash."""
    if each.choices:
        return getattr(row, f"get_{each.name}_display")() or "—"
    value = getattr(row, each.name)
    if isinstance(value, StageRecord) and type(value).__str__ is models.Model.__str__:
        return f"{type_of(value).label}({value.recorded_on})"
    return "—" if value in (None, "") else words(value)


def label_of_field(each: models.Field) -> str:
    """What a field is called; one that only points to other evidence is called after that."""
    if str(each.verbose_name).isascii() and each.is_relation and issubclass(each.related_model, StageRecord):
        return next(kind.label for kind in EVIDENCE.values() if kind.model is each.related_model)
    return str(each.verbose_name)


def attachment(row, each: models.Field):
    """The attachment that a field points to, or None."""
    if isinstance(each, models.ForeignKey) and each.related_model.__name__ == "Attachment":
        return getattr(row, each.name)
    return None
