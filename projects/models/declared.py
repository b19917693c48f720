"""Here: records whose fields a declaration names (policies/records). Not here: their forms (projects.declared)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from policies.record_kinds import FieldSpec, RecordKind, record_kinds
from projects.models.material import Attachment
from projects.models.record import StageRecord

READ = {"date": date.fromisoformat, "money": Decimal, "percent": Decimal}


class DeclaredRecord(StageRecord):
    """One record of a declared kind. `data` holds its fields as plain JSON; reading `record.<field>` gives the value.

    Money and percents are Decimal, dates are dates, files are Attachments, tables are lists of dicts; unknown is None.
    """

    name = models.CharField("种类", max_length=60)
    data = models.JSONField("内容", default=dict)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "登记事项"
        indexes = [models.Index(fields=["project", "name", "-id"], name="declared_newest")]

    def __getattr__(self, name: str) -> Any:
        data = self.__dict__.get("data")
        kind = record_kinds().get(self.__dict__.get("name", "")) if data is not None else None
        spec = kind and next((each for each in kind.fields if each.name == name), None)
        if spec is None:
            raise AttributeError(name)
        return self.value(spec)

    @property
    def kind(self) -> RecordKind:
        """The declaration."""
        return record_kinds()[self.name]

    @property
    def gist(self) -> str:
        """Its first choice or short text, which tells records of one kind apart; empty without."""
        given = (self.data.get(spec.name) for spec in self.kind.fields if spec.type in ("choice", "text"))
        return next(filter(None, given), "")

    def value(self, spec: FieldSpec) -> Any:
        """What was recorded in a field, as a Python value."""
        plain = self.data.get(spec.name)
        if spec.type == "lines":
            return [{each.name: self._read(each, row.get(each.name)) for each in spec.columns} for row in plain or ()]
        return self._read(spec, plain)

    def _read(self, spec: FieldSpec, plain: Any) -> Any:
        if plain is None:
            return None
        if spec.type == "file":
            return Attachment.objects.get(project_id=self.project_id, pk=plain)
        return READ[spec.type](plain) if spec.type in READ else plain
