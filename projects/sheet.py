"""Here: a section of the filing as its page shows it: fields, tables, errors, typed text. Not here: saving (drafts.py)."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from organizations import clock
from projects.drafts import Raw, bound, raw_values
from projects.fields import LinesField, MoneyField
from projects.forms import FilingForm
from projects.models import FilingBatch
from projects.workspace import HINTS, SPECIAL, Section, asked_for

BLANK = 1
FIRST_BLANK = {"estimate": 3}
CHOOSE = "请选择"
STACKED = {
    "estimate": (("name", "specification"), ("type", "own_built_reason"), ("quantity", "unit"), ("unit_price",), ("amount",)),
    "funding": (("source",), ("level",), ("amount",)),
}  # fmt: skip
ASIDE = {"own_built_reason"}
PLACEHOLDERS = {"specification": "规格", "unit": "单位", "own_built_reason": "不用公共设施的理由", "level": "例如 市级"}


@dataclass
class Table:
    """A table of the section: stacked columns, rows of bound fields, a blank row to copy, and the sum of `amount`."""

    name: str
    label: str
    columns: list[dict]
    rows: list[list[list]]
    blank: list[list]
    total: Decimal | None
    unread: int
    errors: list[str]


@dataclass
class Sheet:
    """Everything a fields page shows: plain fields and tables in the order of the section, special groups folded."""

    fields: list
    groups: list[dict]
    problems: list[dict]

    @property
    def wrong(self) -> bool:
        """Whether something typed could not be read."""
        return bool(self.problems)


def sheet(project, actor, section: Section, typed: Raw, *, blank: int = 0) -> Sheet:
    """The section filled from the project, with typed text in place of what the filing could not take."""
    start = FilingForm(project=project, actor=actor, initial=stored(project, section))
    checked = bound(project, actor, {name: text for name, text in typed.items() if name in section.fields})
    shown = {name: _shown(project, checked if name in checked.data else start, name, blank) for name in section.fields}
    special = [name for names in SPECIAL.values() for name in names]
    problems = [
        problem for name in section.fields if name in checked.data for problem in _problems(checked, name, shown)
    ]
    return Sheet(
        [shown[name] for name in section.fields if name not in special],
        [
            {"label": label, "open": asked_for(project, names), "fields": [shown[name] for name in names]}
            for label, names in SPECIAL.items()
            if names[0] in section.fields
        ],
        problems,
    )


def stored(project, section: Section) -> dict:
    """What is on file for the fields of a section; amounts as people write them."""
    found: dict = {}
    for name in section.fields:
        if name in FilingForm.line_models:
            model, owner = FilingForm.line_models[name]
            base = FilingForm.base_fields[name].row_form.base_fields
            rows = model.objects.filter(**{owner: project}).values(*base)
            found[name] = [
                {
                    key: written(value) if isinstance(base[key], MoneyField) else _short(value)
                    for key, value in row.items()
                }
                for row in rows
            ]
        elif isinstance(getattr(project, name), Decimal):
            found[name] = written(getattr(project, name))
    if "batch" in section.fields and project.batch_id is None and asked_for(project, ("in_window",)):
        found["batch"] = _open_batch(project)
    return found


def _open_batch(project) -> int | None:
    """The notice whose window is open today, where there is just one."""
    batches = FilingBatch.objects.filter(jurisdiction=project.jurisdiction)
    found = [batch.pk for batch in batches if batch.is_open(clock.today())]
    return found[0] if len(found) == 1 else None


def written(value):
    """1,560,000.00; what is no amount as it is."""
    return f"{value:,.2f}" if isinstance(value, Decimal) else value


def _short(value):
    """A quantity without idle zeros; anything else as it is."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _shown(project, form: FilingForm, name: str, blank: int):
    field = form.fields[name]
    if isinstance(field, LinesField):
        return {"table": _table(form, name, blank)}
    if isinstance(field, forms.MultipleChoiceField):
        field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
    _comfortable(field)
    held = form.is_bound and not form.errors.get(name)
    shown = form[name]
    shown.help_text = HINTS.get(name, shown.help_text)
    return {"field": shown, "late": held, "stored": _stored_beside(project, form, name)}


def _stored_beside(project, form: FilingForm, name: str) -> str:
    """What is on file while something else is typed; empty where there is nothing to tell apart."""
    value = getattr(project, name) if form.is_bound else None
    return "" if value in (None, "", []) or isinstance(value, bool) else str(written(value))


def _comfortable(field: forms.Field) -> None:
    """A number box throws away what it cannot read, a text box keeps it; an open choice says 请选择."""
    if isinstance(field.widget, forms.NumberInput):
        field.widget = forms.TextInput(attrs={"inputmode": "decimal"})
    elif isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 4
    elif isinstance(field, forms.ModelChoiceField):
        field.empty_label = CHOOSE
    elif isinstance(field.widget, forms.Select):
        unset = ("", "unknown", None)
        field.widget.choices = [(value, CHOOSE if value in unset else label) for value, label in field.widget.choices]


def _table(form: FilingForm, name: str, blank: int) -> Table:
    field = form.fields[name]
    raw = form[name].value() or []
    checked = form.is_bound and bool(form.errors.get(name))
    rows = [_row(field.row_form, f"{name}-{at}", row, checked, at) for at, row in enumerate(raw)]
    spare = max(blank, BLANK if rows else FIRST_BLANK.get(name, BLANK))
    rows += [_row(field.row_form, f"{name}-{at}", {}, False, at) for at in range(len(rows), len(rows) + spare)]
    total, unread = totals(raw)
    return Table(
        name, str(field.label), _columns(field, name), rows, _row(field.row_form, f"{name}-__n__", {}, False, None),
        total, unread, [] if any(_wrong(row) for row in rows) or not checked else list(form.errors[name]),
    )  # fmt: skip


def _columns(field: LinesField, name: str) -> list[dict]:
    base = field.row_form.base_fields
    return [
        {
            "label": " / ".join(str(base[key].label) for key in keys if key not in ASIDE),
            "money": isinstance(base[keys[0]], MoneyField),
        }
        for keys in STACKED[name]
    ]


def _row(row_form, prefix: str, values: dict, checked: bool, at: int | None) -> list[list]:
    """The cells of one row, stacked as the table stacks its columns."""
    if checked:
        row = row_form(data={f"{prefix}-{key}": value for key, value in values.items()}, prefix=prefix)
    else:
        row = row_form(initial=values, prefix=prefix)
    number = "新" if at is None else f"第{at + 1}"
    for key, field in row.fields.items():
        _comfortable(field)
        field.widget.attrs |= {"aria-label": f"{number}行 {field.label}", "data-column": key}
        if key in PLACEHOLDERS:
            field.widget.attrs["placeholder"] = PLACEHOLDERS[key]
    return [[row[key] for key in keys] for keys in STACKED[prefix.partition("-")[0]]]


def _wrong(row: list[list]) -> bool:
    return any(cell.form.is_bound and cell.errors for cells in row for cell in cells)


def totals(rows: list[dict]) -> tuple[Decimal | None, int]:
    """The sum of the amounts that can be read, None without any, and how many cannot."""
    money, amounts, unread = MoneyField(required=False), [], 0
    for row in rows if isinstance(rows, list) else []:
        try:
            amount = money.clean(row.get("amount"))
        except (ValidationError, AttributeError):
            unread += 1
        else:
            amounts += [] if amount is None else [amount]
    return (sum(amounts, Decimal("0.00")) if amounts else None), unread


def _problems(form: FilingForm, name: str, shown: dict) -> list[dict]:
    """Errors of one field for the summary on top, each with the input it leads to."""
    if name not in form.errors:
        return []
    table = shown[name].get("table")
    if table is None:
        return [
            {"at": form[name].auto_id, "label": form.fields[name].label, "text": each} for each in form.errors[name]
        ]
    cells = [cell for row in table.rows for cells in row for cell in cells if cell.form.is_bound and cell.errors]
    found = [
        {"at": cell.auto_id, "label": cell.field.widget.attrs["aria-label"], "text": text}
        for cell in cells
        for text in cell.errors
    ]
    return found or [{"at": f"table-{name}", "label": table.label, "text": each} for each in table.errors]


def difference(project, tables: list[Table]) -> Decimal | None:
    """Declared total minus the sum of the estimate, to the fen; None while one of them is unknown."""
    total = next((table.total for table in tables if table.name == "estimate"), None)
    return None if total is None or project.declared_total is None else project.declared_total - total


def with_rows(section: Section, data, name: str, added: list[dict]):
    """The posted form with rows put behind those that are filled in."""
    rows = [*(raw_values(section, data).get(name) or []), *added]
    kept = data.copy()
    for key in [key for key in data if key.startswith(f"{name}-")]:
        del kept[key]
    for at, row in enumerate(rows):
        for key, value in row.items():
            kept[f"{name}-{at}-{key}"] = value
    return kept


def without_row(data, name: str, at: str):
    """The posted form with one row emptied."""
    kept = data.copy()
    for key in [key for key in data if key.startswith(f"{name}-{at}-")]:
        kept[key] = ""
    return kept
