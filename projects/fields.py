"""Here: form fields shared by all evidence: money, files, tables of lines. Not here: any particular form (forms.py)."""

import json
import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from projects.models.material import Attachment

GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
BLANK_ROWS = 3
ROW = "__n__"


class MoneyField(forms.DecimalField):
    """An amount in 元, to the fen. Full-width digits and well-placed thousands separators are read; nothing is guessed."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("min_value", Decimal("0"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))  # a number box drops separators
        super().__init__(max_digits=16, decimal_places=2, **kwargs)
        self.error_messages["invalid"] = "请填写金额数字(元),例如 680000.00;不能写“万”“百万”等单位。"
        self.error_messages["max_decimal_places"] = "金额最多到分(两位小数)。"

    def to_python(self, value):
        """Decimal or None. Raises ValidationError for anything that is not plainly an amount."""
        if isinstance(value, float | bool):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).strip()
            value = value.replace(",", "") if GROUPED.fullmatch(value) else value
            if value and not PLAIN.fullmatch(value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        amount = super().to_python(value)
        return amount.copy_abs() if amount == 0 else amount


class AttachmentField(forms.Field):
    """A file of this project: uploaded with the form, or the id of one uploaded before."""

    widget = forms.ClearableFileInput
    default_error_messages = {"unknown": "没有这个附件,请先上传。"}

    def clean_for(self, value, project, actor):
        """The Attachment, created when `value` is an upload. None when left empty and not required."""
        from projects.uploads import store

        if value in (None, "", False):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if isinstance(value, UploadedFile):
            return store(value, project=project, actor=actor)
        try:
            return Attachment.objects.get(project=project, pk=int(value))
        except (Attachment.DoesNotExist, TypeError, ValueError) as error:
            raise ValidationError(self.error_messages["unknown"], code="unknown") from error


class AttachmentInput(forms.ClearableFileInput):
    """Reads an upload, or else the id of an attachment from the data."""

    def value_from_datadict(self, data, files, name):
        """Upload first, id second."""
        return files.get(name) or data.get(name)


AttachmentField.widget = AttachmentInput


class LinesWidget(forms.Widget):
    """A table of rows: `name-0-column` inputs from a browser, a list of objects (or its JSON) from REST."""

    template_name = "projects/lines.html"
    row_form: type[forms.Form]

    @property
    def needs_multipart_form(self) -> bool:
        """Whether a column takes files."""
        return any(isinstance(column, AttachmentField) for column in self.row_form.base_fields.values())

    def value_from_datadict(self, data, files, name):
        """A list of dicts; rows in which nothing was filled in are left out."""
        if name in data:
            value = data.get(name)
            if isinstance(value, str):
                try:
                    return json.loads(value) if value.strip() else []
                except ValueError:
                    return value
            return value
        rows = []
        columns = list(self.row_form.base_fields)
        cell = re.compile(rf"{name}-([0-9]{{1,4}})-.+")
        known = [found for found in map(cell.fullmatch, data) if found]
        if not known:
            return None
        for index in sorted({int(found[1]) for found in known}):
            cells = {column: f"{name}-{index}-{column}" for column in columns}
            row = {column: files.get(cell) or data.get(cell, "") for column, cell in cells.items()}
            if any(str(value).strip() for value in row.values()):
                rows.append(row)
        return rows

    def get_context(self, name, value, attrs):
        """Rows of bound fields for the template: those given and some blank ones."""
        rows = value if isinstance(value, list) else []
        forms_ = [self.row_form(initial=row, prefix=f"{name}-{index}") for index, row in enumerate(rows)]
        forms_ += [self.row_form(prefix=f"{name}-{index}") for index in range(len(rows), len(rows) + BLANK_ROWS)]
        columns = [(key, each.label or key) for key, each in self.row_form.base_fields.items()]
        spare = self.row_form(prefix=f"{name}-{ROW}")
        for number, row in [*enumerate(forms_, start=1), (ROW, spare)]:
            for key, label in columns:
                row.fields[key].widget.attrs["aria-label"] = f"第{number}行 {label}"
        more = {"rows": forms_, "columns": columns, "spare": spare}
        return super().get_context(name, value, attrs) | more


class LinesField(forms.Field):
    """A table whose rows are checked by `row_form`. Cleans to a list of cleaned dicts; errors name row and column."""

    def __init__(self, row_form: type[forms.Form], *, minimum: int = 0, maximum: int = 2000, **kwargs) -> None:
        widget = LinesWidget()
        widget.row_form = row_form
        kwargs.setdefault("required", minimum > 0)
        super().__init__(widget=widget, **kwargs)
        self.row_form, self.minimum, self.maximum = row_form, minimum, maximum

    def clean(self, value) -> list[dict]:
        """Cleaned rows. Raises ValidationError with one message per bad cell, e.g. 第3行 金额(元):…"""
        if value in (None, ""):
            value = []
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise ValidationError("这里应是一张表(逐行填写)。", code="invalid")
        if len(value) < self.minimum:
            raise ValidationError(f"至少填写 {self.minimum} 行。", code="required")
        if len(value) > self.maximum:
            raise ValidationError(f"最多 {self.maximum} 行。", code="too_many")
        cleaned, problems = [], []
        for number, row in enumerate(value, start=1):
            form = self.row_form(data=row)
            problems += [f"第{number}行 未知的列“{key}”" for key in row if key not in form.fields]
            shapes = {key: misshapen(field, row.get(key)) for key, field in form.fields.items()}
            wrong = [f"第{number}行 {form.fields[key].label}:{said}" for key, said in shapes.items() if said]
            if wrong:
                problems += wrong
                continue
            if form.is_valid():
                cleaned.append(form.cleaned_data)
            for key, messages in form.errors.items():
                label = form.fields[key].label if key in form.fields else "整行"
                problems += [f"第{number}行 {label}:{message}" for message in messages]
        if problems:
            raise ValidationError(problems, code="invalid")
        return cleaned

    def clean_for(self, rows: list[dict], project, actor) -> list[dict]:
        """The cleaned rows with the files in them kept as attachments of the project. Raises ValidationError."""
        for key, column in self.row_form.base_fields.items():
            if isinstance(column, AttachmentField):
                for row in rows:
                    row[key] = column.clean_for(row.get(key), project, actor)
        return rows


def misshapen(field: forms.Field, value: Any) -> str:
    """Why this value, read from JSON, is nothing the field could have been given by a browser; empty if it could."""
    several = (LinesField, forms.JSONField, forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
    if isinstance(value, dict | list) and not isinstance(field, several) and not getattr(field, "several", False):
        return "这里只填一个值。"
    if isinstance(field, forms.DateField) and not isinstance(value, str | date | None):
        return "请填写日期,例如 2026-03-02。"
    return ""
