"""Here: the ledger, one row for every move ever made, append-only and chained. Not here: who may write (transitions.py)."""

import json
from datetime import UTC

from django.db import models

from policies.digest import chain_digest
from projects.models.edges import edge_condition
from projects.states import State

SEALED = (
    "project_id", "number", "move", "source", "target", "actor_id", "actor_name", "acting_for", "role", "on", "at",
    "note", "pack_code", "pack_digest", "facts", "verdicts", "waivers", "previous_hash", "algorithm",
)  # fmt: skip


class AppendOnlyError(TypeError):
    """Someone tried to change or delete a ledger row."""


class PassageQuerySet(models.QuerySet):
    """Reads only."""

    def update(self, **fields):
        """Refused."""
        raise AppendOnlyError("the ledger is append-only")

    def delete(self):
        """Refused."""
        raise AppendOnlyError("the ledger is append-only")


class Passage(models.Model):
    """One move: who, when, from, to, under which pack version, the facts asked, every verdict, the hash before.

    `on` is the city's date, `at` the moment. `hash` seals all fields of SEALED with the algorithm named beside it.
    """

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="passages", verbose_name="项目")
    number = models.PositiveIntegerField("序号")
    move = models.CharField("事项", max_length=40)
    source = models.CharField("原状态", max_length=20, choices=State.choices)
    target = models.CharField("新状态", max_length=20, choices=State.choices)
    actor = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="办理人")
    actor_name = models.CharField("办理人姓名", max_length=100)
    acting_for = models.CharField("办理单位", max_length=200)
    role = models.CharField("身份", max_length=20)
    on = models.DateField("日期")
    at = models.DateTimeField("时间")
    note = models.TextField("说明", blank=True)
    pack_code = models.CharField("适用文件", max_length=40)
    pack_digest = models.CharField("文件版本", max_length=64)
    facts = models.JSONField("依据的事实", default=dict)
    verdicts = models.JSONField("逐条结论", default=list)
    waivers = models.JSONField("使用的例外", default=list)
    previous_hash = models.CharField(max_length=80, blank=True)
    algorithm = models.CharField(max_length=10)
    hash = models.CharField(max_length=80)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ["project_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="passage_numbered_once"),
            models.CheckConstraint(condition=edge_condition(), name="passage_is_an_edge_of_the_map"),
        ]
        indexes = [
            models.Index(fields=["project", "-id"], name="passage_latest"),
            models.Index(fields=["actor", "-id"], name="passage_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.number} {self.move}"

    def save(self, *args, **kwargs) -> None:
        """Insert only; a second save raises AppendOnlyError."""
        if not self._state.adding:
            raise AppendOnlyError("the ledger is append-only")
        super().save(*args, force_insert=True, **kwargs)

    def delete(self, *args, **kwargs):
        """Refused."""
        raise AppendOnlyError("the ledger is append-only")

    def sealed(self) -> str:
        """The text that the hash seals: the sealed fields as canonical JSON."""
        fields = {name: getattr(self, name) for name in SEALED}
        fields |= {"on": self.on.isoformat(), "at": self.at.astimezone(UTC).isoformat(timespec="microseconds")}
        return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def computed_hash(self) -> str:
        """The hash this row should carry."""
        return chain_digest(self.algorithm, self.sealed())
