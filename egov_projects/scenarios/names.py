"""Here: everything a scenario may name, gathered from the house. Not here: checking a scenario (policies.scenarios)."""

from typing import Any

from django import forms

from organizations.models import Organization
from policies import scenario_data
from policies.loader import available, load
from policies.pack import Pack
from policies.scenario_data import Names
from policies.verdicts import plain
from policies.vocabulary import FACTS
from projects import transitions
from projects.evidence import EVIDENCE
from projects.fields import AttachmentField, LinesField, MoneyField
from projects.forms import FILING_FIELDS
from projects.models import FilingBatch
from projects.models.edges import edges
from projects.states import State

UNIT_FIELDS = ("type", *Organization.PROFILE_FIELDS)
BATCH_FIELDS = ("title", "doc_no", "calendar_year", "opens_on", "closes_on", "published_on", "requirements")
FIELD_TYPES = (
    (MoneyField, "money"),
    (LinesField, "lines"),
    (AttachmentField, "file"),
    (forms.DateField, "date"),
    (forms.BooleanField, "flag"),
    (forms.NullBooleanField, "flag"),
    (forms.IntegerField, "number"),
    (forms.DecimalField, "number"),
    (forms.MultipleChoiceField, "list"),
    (forms.JSONField, "list"),
    (forms.ModelMultipleChoiceField, "references"),
    (forms.ModelChoiceField, "reference"),
    (forms.ChoiceField, "choice"),
)


def names() -> Names:
    """The names of this house as the reader of scenarios wants them."""
    found = edges()
    forward = {name: next(iter({target for _, target in pairs})) for name, pairs in found.items() if transitions.is_forward(name)}
    return Names(
        evidence={name: tuple(kind.form.base_fields) for name, kind in EVIDENCE.items()},
        targets={name: forward.get(name) for name in transitions.moves()},
        states=tuple(State.values),
        filing=(*FILING_FIELDS, "funding", "estimate"),
        unit=UNIT_FIELDS,
        batch=tuple(each for each in BATCH_FIELDS if FilingBatch._meta.get_field(each)),
    )


def vocabulary() -> dict[str, Any]:
    """Everything a scenario may name, as plain data: packs, states, moves, evidence with typed fields, facts, keys."""
    return {
        "packs": {code: _pack(load(code)) for code in available()},
        "states": dict(State.choices),
        "moves": {name: sorted(map(list, pairs)) for name, pairs in sorted(edges().items())},
        "evidence": {name: _evidence(kind) for name, kind in sorted(EVIDENCE.items())},
        "facts": {name: {"kind": fact.kind, "label": fact.label} for name, fact in sorted(FACTS.items())},
        "users": list(scenario_data.PEOPLE),
        "filing": [*FILING_FIELDS, "funding", "estimate"],
        "unit": list(UNIT_FIELDS),
        "batch": list(BATCH_FIELDS),
        "project": list(scenario_data.PROJECT_KEYS),
        "steps": {verb: list(keys) for verb, keys in scenario_data.VERBS.items()},
        "step": list(scenario_data.COMMON),
        "expect": list(scenario_data.EXPECTATIONS),
        "check": list(scenario_data.CHECK_KEYS),
    }


def _pack(pack: Pack) -> dict[str, Any]:
    return {
        "title": pack.title,
        "doc_no": pack.doc_no,
        "kinds": list(pack.kinds),
        "origins": list(pack.origins),
        "categories": list(pack.categories),
        "offices": dict(pack.offices),
        "routes": [{"name": route.name, "states": list(route.states)} for route in pack.routes],
        "moves": {
            name: {"label": spec.label, "by": list(spec.by), "note": spec.note} for name, spec in pack.moves.items()
        },
        "rules": {rule.id: rule.says for rule in pack.rules},
        "materials": {
            spec.code: {"name": spec.name, "required": spec.required, "by": list(spec.by)} for spec in pack.materials
        },
        "deadlines": {spec.code: spec.label for spec in pack.deadlines},
        "parameters": {
            spec.name: {"kind": spec.kind, "default": plain(spec.default), "set_by": list(spec.set_by), "per": spec.per}
            for spec in pack.parameters
        },
    }


def _evidence(kind) -> dict[str, Any]:
    return {
        "label": kind.label,
        "stage": kind.stage,
        "by": list(kind.by),
        "open_in": [str(state) for state in kind.open_in],
        "fields": {name: _field(field) for name, field in kind.form.base_fields.items()},
    }


def _field(field: forms.Field) -> dict[str, Any]:
    kind = next((name for base, name in FIELD_TYPES if isinstance(field, base)), "text")
    described: dict[str, Any] = {"type": kind, "label": str(field.label), "required": field.required}
    if isinstance(field, LinesField):
        described["columns"] = {name: _field(column) for name, column in field.row_form.base_fields.items()}
    if kind == "choice" and isinstance(field, forms.ChoiceField):
        described["choices"] = [str(value) for value, _ in field.choices if value not in ("", None)]
    return described
