"""Here: issued papers and their files, which never change, and the counters of their numbers. Not here: issuing (issuing.py)."""

import hashlib
import json
import secrets
from datetime import UTC

from django.db import models

KEPT = "an issued paper is never changed or deleted"


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete an issued paper."""


class Kept(models.Model):
    """Rows that are only ever added; the database refuses the rest as well (triggers.py)."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        """Insert only; a second save raises AppendOnlyError."""
        if not self._state.adding:
            raise AppendOnlyError(KEPT)
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args, **kwargs):
        """Refused."""
        raise AppendOnlyError(KEPT)


class NumberSeries(models.Model):
    """The last number of an office's series in a year; the row is locked while a number is taken."""

    issuer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", verbose_name="发文单位")
    series = models.CharField("发文代字", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最后序号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "文号序列"
        constraints = [models.UniqueConstraint(fields=["issuer", "series", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.last}号"


SEALED = (
    "kind", "label", "series", "year", "serial", "number", "issuer_id", "issuer_role", "jurisdiction_id", "project_id",
    "source", "content", "issued_by_id", "issued_by_name", "issued_on", "issued_at", "replaces_id", "reason",
)  # fmt: skip


class Paper(Kept):
    """One issued paper: its number, what it says (frozen JSON) and the SHA-256 that seals both.

    `source` names what it was made from, such as `preliminary_opinion:12` or `passage:7`. One that `replaces` another
    gives the `reason`; the other stays. Forms carry no number: `serial` is None.
    """

    kind = models.CharField("文种", max_length=60)
    label = models.CharField("名称", max_length=60)
    series = models.CharField("发文代字", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号", null=True)
    number = models.CharField("发文字号", max_length=80, blank=True)
    issuer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", verbose_name="发文单位")
    issuer_role = models.CharField("发文身份", max_length=20)
    jurisdiction = models.ForeignKey("organizations.Jurisdiction", models.PROTECT, related_name="+", verbose_name="辖区")
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, null=True, related_name="papers", verbose_name="项目"
    )
    source = models.CharField("依据", max_length=80)
    content = models.JSONField("内容")
    issued_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="出具人")
    issued_by_name = models.CharField("出具人姓名", max_length=150)
    issued_on = models.DateField("成文日期")
    issued_at = models.DateTimeField("出具时间")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="代替"
    )
    reason = models.CharField("重新出具的原因", max_length=500, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "公文"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "series", "year", "serial"], name="paper_numbered_once"),
            models.UniqueConstraint(
                fields=["kind", "source"], condition=models.Q(replaces=None), name="paper_issued_once"
            ),
            models.CheckConstraint(
                condition=models.Q(series="", serial=None) | ~models.Q(series="") & models.Q(serial__gte=1),
                name="paper_has_its_number",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="paper_of_project")]

    def __str__(self) -> str:
        return f"{self.label} {self.number}".strip()

    def save(self, *args, **kwargs) -> None:
        """Seal and insert."""
        if self._state.adding:
            self.sha256 = self.computed_hash()
        super().save(*args, **kwargs)

    @property
    def intact(self) -> bool:
        """Whether number and content are still what was sealed."""
        return self.computed_hash() == self.sha256

    def computed_hash(self) -> str:
        """The SHA-256 this paper should carry: the sealed fields as canonical JSON."""
        fields = {name: getattr(self, name) for name in SEALED}
        moment = self.issued_at.astimezone(UTC).isoformat(timespec="microseconds")
        fields |= {"issued_on": self.issued_on.isoformat(), "issued_at": moment}
        text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def random_name(file: "PaperFile", filename: str) -> str:
    """A name nobody can guess."""
    return f"papers/{secrets.token_hex(2)}/{secrets.token_hex(16)}.{file.form}"


class PaperFile(Kept):
    """A paper as a file, drawn from its frozen content; `missing` are characters for which no face was at hand."""

    PDF, DOCX = "pdf", "docx"
    FORMS = [(PDF, "PDF"), (DOCX, "Word")]

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="files", verbose_name="公文")
    form = models.CharField("格式", max_length=4, choices=FORMS)
    file = models.FileField("文件", upload_to=random_name, max_length=200)
    size = models.PositiveBigIntegerField("大小(字节)")
    sha256 = models.CharField("SHA-256", max_length=64)
    missing = models.CharField("缺字", max_length=200, blank=True)
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = verbose_name_plural = "公文文件"
        ordering = ["paper_id", "form"]
        constraints = [models.UniqueConstraint(fields=["paper", "form"], name="paper_file_once")]

    def __str__(self) -> str:
        return f"{self.paper} {self.form}"
