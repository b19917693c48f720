"""Here: forms, facts and words of evidence that is declared as data. Not here: the declarations (policies/records)."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms

from organizations import clock
from policies.record_kinds import FieldSpec, RecordKind, record_kinds
from policies.verdicts import plain, words
from policies.vocabulary import declare
from projects import events
from projects.evidence import EVIDENCE, between, evidence, newest
from projects.fields import AttachmentField, LinesField, MoneyField
from projects.forms import EvidenceForm
from projects.investment import APPROVED, set_investment
from projects.models.declared import DeclaredRecord
from projects.models.material import Attachment

DAY = re.compile(r"today(?:([+-]\d+))?")
FACT_KINDS = {
    "text": "text", "long_text": "text", "choice": "text", "date": "date", "money": "money", "number": "number",
    "percent": "number", "flag": "flag", "choices": "list", "file": "flag",
}  # fmt: skip
SAMPLES = {"text": "见附件", "long_text": "情况属实,材料齐全。", "number": 1, "flag": True, "percent": "10"}


class DeclaredForm(EvidenceForm):
    """The form of a declared kind: its fields come from the declaration, its record keeps them as JSON."""

    kind: RecordKind

    class Meta(EvidenceForm.Meta):
        model = DeclaredRecord
        fields: list[str] = []

    def clean(self) -> dict[str, Any]:
        """Dates in order, and past ones not ahead of today."""
        found = super().clean() or self.cleaned_data
        for spec in self.kind.fields:
            day, earlier = found.get(spec.name), found.get(spec.not_before) if spec.not_before else None
            if day and earlier and day < earlier:
                self.add_error(spec.name, f"不能早于“{self.kind.field(spec.not_before).label}”。")
            if day and spec.past and day > clock.today():
                self.add_error(spec.name, "不能晚于今天。")
        return found

    def prepare(self, record: DeclaredRecord) -> None:
        """Keep what was filled in as plain data."""
        record.name = self.kind.name
        record.data = {spec.name: _stored(self.cleaned_data.get(spec.name)) for spec in self.kind.fields}


def _stored(value: Any) -> Any:
    if isinstance(value, Attachment):
        return value.pk
    if isinstance(value, list):
        return [{key: _stored(each) for key, each in row.items()} if isinstance(row, dict) else row for row in value]
    return None if value == "" else plain(value)


def register_all() -> None:
    """Make every declared kind evidence like any other: form, facts, example."""
    for kind in record_kinds().values():
        form = type(f"{kind.name.title().replace('_', '')}Form", (DeclaredForm,), _form_fields(kind) | {"kind": kind})
        evidence(
            kind.name, label=kind.label, stage=kind.stage, by=["applicant"], open_in=between(kind.open_from, kind.open_to),
            repeats=kind.repeats, voidable=kind.voidable, help=kind.help, example=_example_of(kind),
        )(form)  # fmt: skip
        for spec in kind.fields:
            _declare(kind, spec)
            if spec.approves:
                events.on(f"record:{kind.name}")(_taker(spec))


def _taker(spec: FieldSpec) -> Callable[..., None]:
    """What follows when this approval is put on file: its total is the figure that thresholds look at."""

    def take_approved_total(project=None, actor=None, record=None, **what) -> None:
        if (amount := record.value(spec)) is not None:
            set_investment(project, Decimal(amount), APPROVED, actor=actor)

    return take_approved_total


def _form_fields(kind: RecordKind) -> dict[str, forms.Field]:
    return {spec.name: form_field(spec) for spec in kind.fields}


def form_field(spec: FieldSpec) -> forms.Field:
    """The input of one declared field."""
    given: dict[str, Any] = {"label": spec.label, "required": spec.required, "help_text": spec.help}
    pairs = [(each, each) for each in spec.choices]
    match spec.type:
        case "money":
            return MoneyField(**given)
        case "file":
            return AttachmentField(**given)
        case "date":
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)
        case "number":
            return forms.IntegerField(min_value=0, **given)
        case "percent":
            return forms.DecimalField(min_value=Decimal(0), max_digits=7, decimal_places=2, **given)
        case "flag":
            return forms.BooleanField(**given | {"required": False})
        case "choice":
            blank = [("", "请选择")]
            return forms.ChoiceField(choices=blank + pairs, **given)
        case "choices":
            return forms.MultipleChoiceField(choices=pairs, widget=forms.CheckboxSelectMultiple, **given)
        case "lines":
            columns = {each.name: form_field(each) for each in spec.columns}
            return LinesField(type("Row", (forms.Form,), columns), minimum=int(spec.required), label=spec.label)
        case "long_text":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, **given)
    return forms.CharField(max_length=500, **given)


def _declare(kind: RecordKind, spec: FieldSpec) -> None:
    """The facts of a field: its value of the newest record; of a table how many rows, and the sums of its amounts."""
    if spec.type == "lines":
        _declare_newest(
            kind, f"{spec.name}_rows", "number", f"{spec.label}行数", lambda record: len(record.value(spec))
        )
        for column in spec.columns:
            if column.type == "money":
                label = f"{spec.label}“{column.label}”合计"
                _declare_newest(kind, f"{spec.name}_{column.name}", "money", label, _summed(spec, column))
        return
    read = (
        (lambda record: bool(record.data.get(spec.name)))
        if spec.type == "file"
        else (lambda record: record.value(spec))
    )
    _declare_newest(kind, spec.name, FACT_KINDS[spec.type], spec.label, read)


def _declare_newest(kind: RecordKind, name: str, fact_kind: str, label: str, read: Callable[[Any], Any]) -> None:
    declare(f"{kind.name}.{name}", fact_kind, label, newest(EVIDENCE[kind.name], read))


def _summed(spec: FieldSpec, column: FieldSpec):
    return lambda record: sum((row[column.name] or Decimal(0) for row in record.value(spec)), Decimal(0))


def _example_of(kind: RecordKind):
    return lambda project: {spec.name: example(spec, project) for spec in kind.fields if spec.required or spec.example}


def example(spec: FieldSpec, project) -> Any:
    """A lawful value in plain data, as scenarios write it."""
    given = spec.example
    if spec.type == "lines":
        return given if given is not None else [{each.name: example(each, project) for each in spec.columns}]
    if spec.type == "date":
        shift = DAY.fullmatch(given or "today")
        return (clock.today() + timedelta(int(shift[1] or 0))).isoformat() if shift else plain(given)
    if spec.type == "money" and given in (None, "investment"):
        return str(project.investment or Decimal("0.00"))
    if spec.type == "number" and given == "year":
        return clock.today().year
    if given is not None:
        return plain(given)
    if spec.choices:
        return [spec.choices[0]] if spec.type == "choices" else spec.choices[0]
    return spec.label if spec.type == "file" else SAMPLES[spec.type]


def shown_fields(record: DeclaredRecord) -> list[dict]:
    """The fields of a record in words, files by their attachment; tables are left out."""
    found = []
    for spec in record.kind.fields:
        if spec.type != "lines":
            value = record.value(spec)
            file = value if isinstance(value, Attachment) else None
            found.append({"label": spec.label, "value": in_words(spec, value), "attachment": file})
    return found


def shown_tables(record: DeclaredRecord) -> list[dict]:
    """The tables of a record in words."""
    return [
        {
            "name": spec.label,
            "columns": [each.label for each in spec.columns],
            "rows": [[in_words(each, row[each.name]) for each in spec.columns] for row in record.value(spec)],
        }
        for spec in record.kind.fields
        if spec.type == "lines"
    ]


def in_words(spec: FieldSpec, value: Any) -> str:
    """One value as a page shows it, unknown as a dash."""
    if value in (None, "", []):
        return "—"
    if spec.type == "percent":
        return f"{value.normalize():f}%"
    return value.name if isinstance(value, Attachment) else words(value)


def as_json(record: DeclaredRecord) -> dict[str, Any]:
    """The fields for REST: amounts and dates as text, files by id and name."""

    def one(value):
        return {"id": value.pk, "name": value.name} if isinstance(value, Attachment) else plain(value)

    found: dict[str, Any] = {}
    for spec in record.kind.fields:
        value = record.value(spec)
        rows = spec.type == "lines"
        found[spec.name] = [{key: one(cell) for key, cell in row.items()} for row in value] if rows else one(value)
    return found
