"""Here: projects, options, evidence and passages as plain data for REST. Not here: HTTP, HTML, decisions."""

from django.db import models

from policies.verdicts import plain
from projects import declared
from projects.evidence import EVIDENCE, EvidenceType
from projects.models.declared import DeclaredRecord
from projects.models.record import StageRecord
from projects.permissions import may_record, offices_in_words
from projects.states import State
from projects.transitions import Option

HIDDEN = {"project", "voided_at", "void_reason"}
DECLARED = {"name", "data"}
DETAIL = (
    "number", "name", "kind", "origin", "plan_year", "categories", "category_note", "ict_based", "parent_name",
    "parent_doc_no", "objective", "business_need", "shared_data_needed", "shared_data_offered", "no_sharing_reason",
    "public_facilities", "declared_total", "investment", "investment_source", "filed_on", "batch_id", "serves_id",
    "interim_superior_doc", "interim_government_doc", "interim_fund_source", "interim_fund_amount", "ledger_length",
    "ledger_head",
)  # fmt: skip


def row(values: tuple) -> dict:
    """One row of the list; amounts as text, unknown as null."""
    (pk, number, name, kind, origin, state, year, investment, source, filed_on, unit, unit_name, place, place_name) = values
    return {
        "id": pk,
        "number": number,
        "name": name,
        "kind": kind,
        "origin": origin,
        "state": state,
        "state_label": STATE_LABELS[state],
        "plan_year": year,
        "investment": None if investment is None else format(investment, "f"),
        "investment_source": source,
        "filed_on": None if filed_on is None else filed_on.isoformat(),
        "department": {"id": unit, "name": unit_name},
        "place": {"code": place, "name": place_name},
    }


STATE_LABELS = dict(State.choices)


def detail(project) -> dict:
    """The project with its filing, position and instrument."""
    pack = project.pack
    return {
        **{name: plain(getattr(project, name)) for name in DETAIL},
        "id": project.pk,
        "state": str(project.state),
        "state_label": project.get_state_display(),
        "department": {"id": project.department_id, "name": project.department.name},
        "place": {"code": project.jurisdiction.code, "name": project.jurisdiction.name},
        "jurisdiction": project.jurisdiction.code,
        "instrument": {"code": pack.code, "doc_no": pack.doc_no, "title": pack.title, "digest": pack.digest},
        "route": list(project.route),
        "stage": stage_of(project),
        "funding": [plain({"source": x.source, "level": x.level, "amount": x.amount}) for x in project.funding.all()],
        "estimate": [line(each) for each in project.estimate.all()],
        "flags": [
            {"rule": flag.rule, "reason": flag.reason, "since": flag.since.isoformat()}
            for flag in project.flags.filter(cleared_on=None)
        ],
    }


def stage_of(project) -> str | None:
    """The stage of the text in which the project stands; None when it has left the chain."""
    held = project.held_state
    return next((stage["name"] for stage in project.pack.stages if held in stage["states"]), None)


def option(project, each: Option) -> dict:
    """A move from here with everything that stands in its way."""
    return {
        "move": each.move,
        "label": each.label,
        "target": each.target,
        "target_label": STATE_LABELS[each.target],
        "forward": each.forward,
        "permitted": each.permitted,
        "allowed": each.allowed,
        "by": list(each.by),
        "by_label": offices_in_words(project, each.by),
        "note": each.note,
        "verdicts": [verdict.as_json() for verdict in each.verdicts],
    }


def passage(each) -> dict:
    """A ledger row, whole, so that a reader can check the chain without us."""
    names = (
        "number", "move", "source", "target", "actor_id", "actor_name", "acting_for", "role", "note", "pack_code",
        "pack_digest", "facts", "verdicts", "waivers", "previous_hash", "algorithm", "hash", "project_id",
    )  # fmt: skip
    return {name: getattr(each, name) for name in names} | {
        "on": each.on.isoformat(),
        "at": each.at.isoformat(timespec="microseconds"),
        "sealed": each.sealed(),
    }


def record(row: models.Model) -> dict:
    """A record of evidence with its lines; files by id and name."""
    data = {"id": row.pk}
    if isinstance(row, DeclaredRecord):
        data |= declared.as_json(row)
    for each in row._meta.concrete_fields:
        if each.name in HIDDEN or (each.name in DECLARED and isinstance(row, DeclaredRecord)) or each.name.endswith("_ptr"):
            continue
        data[each.name] = _value(row, each)
    for relation in row._meta.related_objects:
        if issubclass(relation.related_model, models.Model) and relation.field.name == "record":
            lines = getattr(row, relation.get_accessor_name()).all()
            data[relation.get_accessor_name()] = [line(each) for each in lines]
    return data


def line(row: models.Model) -> dict:
    """A line of a table without its keys."""
    skip = {"id", "record", "project", "position"}
    return {each.name: _value(row, each) for each in row._meta.concrete_fields if each.name not in skip}


def _value(row, each):
    value = getattr(row, each.attname)
    if isinstance(each, models.ForeignKey) and value is not None and each.related_model.__name__ == "Attachment":
        return {"id": value, "name": getattr(row, each.name).name}
    return value.isoformat() if hasattr(value, "isoformat") else plain(value)


def evidence_type(kind: EvidenceType, project=None, user=None) -> dict:
    """A kind of evidence with its fields, for machines and the vocabulary."""
    data = {
        "name": kind.name,
        "label": kind.label,
        "stage": kind.stage,
        "by": list(kind.by),
        "open_in": [str(state) for state in kind.open_in],
        "repeats": kind.repeats,
        "fields": {name: field_type(field) for name, field in kind.form.base_fields.items()},
    }
    if project is not None:
        data["by"] = list(kind.offices(project))
        data["open"] = kind.is_open(project)
        data["permitted"] = may_record(user, project, kind)
    return data


def field_type(field) -> dict:
    """Type, label and choices of one input field."""
    from projects.fields import AttachmentField, LinesField, MoneyField

    names = {MoneyField: "money", AttachmentField: "file", LinesField: "lines"}
    kind = names.get(type(field)) or type(field).__name__.removesuffix("Field").lower()
    data = {"type": kind, "label": str(field.label or ""), "required": field.required}
    if isinstance(field, LinesField):
        data["columns"] = {name: field_type(column) for name, column in field.row_form.base_fields.items()}
    choices = [str(value) for value, _ in getattr(field, "choices", []) or [] if value != ""] if kind in CHOICES else []
    return data | ({"choices": choices} if choices else {})


CHOICES = ("choice", "typedchoice", "multiplechoice")


def evidence_on_file(project) -> dict[str, list[dict]]:
    """All valid records of a project by kind, newest first; the filing is in the detail."""
    found = {}
    for kind in EVIDENCE.values():
        if issubclass(kind.model, StageRecord):
            rows = [record(each) for each in kind.valid(project)]
            if rows:
                found[kind.name] = rows
    return found
