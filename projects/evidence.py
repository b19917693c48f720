"""Here: the kinds of evidence rooms keep, and the one way to put a record on file. Not here: any room's fields."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.urls import reverse

from organizations import audit, clock
from organizations.roles import roles_on
from policies.vocabulary import declare
from projects import events
from projects.errors import Closed, Forbidden, Invalid, NotOffered, Refused
from projects.judgement import consider, facts_stand, standing
from projects.models.declared import DeclaredRecord
from projects.models.record import StageRecord
from projects.on_file import nothing_on_file, records
from projects.permissions import may_record, offices_in_words
from projects.states import CHAIN, LIVE


@dataclass(frozen=True)
class EvidenceType:
    """A kind of evidence: its form is the only input check, its model a StageRecord (the filing: the project itself).

    `by` are role codes unless the pack's [records.<name>] says otherwise; `open_in` the states in which it is recorded;
    `repeats` means that many count together; `example(project)` gives lawful default fields for scenarios and the demo.
    What is not `voidable` stays on file for good: others have built on it, and only a later record can correct it.
    Pages offer it while `offered(project)`, a convenience that the door does not ask; `page` names the view of a page of
    its own, which links lead to instead of the plain form.
    """

    name: str
    label: str
    stage: str
    by: tuple[str, ...]
    open_in: tuple[str, ...]
    form: type[Any]
    model: type[models.Model]
    repeats: bool = False
    example: Callable[[Any], dict] = field(default=lambda project: {})
    help: str = ""
    voidable: bool = True
    offered: Callable[[Any], bool] = field(default=lambda project: True)
    page: str = ""

    def exists_for(self, project) -> bool:
        """Whether the project's instrument names this kind; another place's evidence is not offered nor taken."""
        return self.name in project.pack.records

    def offices(self, project) -> tuple[str, ...]:
        """Who records it for this project: the roles the pack names, else the usual ones."""
        spec = project.pack.records.get(self.name)
        return (spec and spec.by) or self.by

    def called(self, project) -> str:
        """What this place calls it."""
        spec = project.pack.records.get(self.name)
        return (spec and spec.label) or self.label

    def is_open(self, project) -> bool:
        """Whether records of this kind may be put on file in the project's present state."""
        spec = project.pack.records.get(self.name)
        return spec is not None and project.state in (spec.open_in or self.open_in)

    @property
    def declared(self) -> bool:
        """Whether a declaration names its fields, not a model of its own."""
        return self.model is DeclaredRecord

    def current(self, project):
        """The newest valid record, or None."""
        return next(iter(records(project, self)), None) if standing(project) else self.valid(project).first()

    def valid(self, project) -> models.QuerySet:
        """All records of the project that were not voided, newest first."""
        if not issubclass(self.model, StageRecord):
            return self.model.objects.filter(pk=project.pk)
        if nothing_on_file(project, self.model):
            return self.model.objects.none()
        mine = {"name": self.name} if self.declared else {}
        return self.model.objects.filter(project=project, voided_at=None, **mine).order_by("-id")


EVIDENCE: dict[str, EvidenceType] = {}
AFTER_FILING = tuple(LIVE)
FACT_KINDS = (
    (models.BooleanField, "flag"),
    (models.DecimalField, "money"),
    (models.DateField, "date"),
    (models.IntegerField, "number"),
    (models.JSONField, "list"),
    (models.CharField, "text"),
    (models.TextField, "text"),
)
HIDDEN = {"recorded_by", "recorded_at", "voided_at", "void_reason", "project", "id", "recorded_role"}


def evidence(
    name: str,
    *,
    label: str,
    stage: str,
    by: list[str],
    open_in: tuple | list,
    repeats: bool = False,
    example: Callable[[Any], dict] | None = None,
    help: str = "",
    voidable: bool = True,
    offered: Callable[[Any], bool] = lambda project: True,
    page: str = "",
):
    """Register the decorated form as the way to record `name`, and its fields as facts `<name>.<field>`."""

    def register(form: type) -> type:
        kind = EvidenceType(
            name, label, stage, tuple(by), tuple(open_in), form, form._meta.model, repeats,
            example or (lambda project: {}), help, voidable, offered, page,
        )  # fmt: skip
        EVIDENCE[name] = kind
        form.evidence = kind
        _declare_facts(kind)
        return form

    return register


def address(number: str, name: str) -> str:
    """Where this kind of evidence is put on file for the project of this number."""
    page = EVIDENCE[name].page
    return reverse(page, args=[number]) if page else reverse("projects:record", args=[number, name])


def between(first: str, last: str) -> tuple[str, ...]:
    """The states of the chain from one to another, both included."""
    return CHAIN[CHAIN.index(first) : CHAIN.index(last) + 1]


def type_of(row: models.Model) -> EvidenceType:
    """The kind of evidence a record is. Raises LookupError for one that nobody registered."""
    if isinstance(row, DeclaredRecord):
        return EVIDENCE[row.name]
    for kind in EVIDENCE.values():
        if kind.model is type(row):
            return kind
    raise LookupError(f"{type(row).__name__} is not registered as evidence")


def _declare_facts(kind: EvidenceType) -> None:
    if issubclass(kind.model, StageRecord):
        declare(f"{kind.name}.recorded", "flag", f"{kind.label}已登记", _reader(kind, bool))
        declare(f"{kind.name}.count", "number", f"{kind.label}件数", _reader(kind, len))
        declare(f"{kind.name}.recorded_role", "text", f"{kind.label}由谁登记", newest(kind, _attribute("recorded_role")))
        declare(f"{kind.name}.roles", "list", f"已登记{kind.label}的各方", _reader(kind, _roles))
    for each in () if kind.declared else kind.model._meta.concrete_fields:
        fact_kind = next((name for base, name in FACT_KINDS if isinstance(each, base)), None)
        if each.name in HIDDEN or fact_kind is None or each.is_relation:
            continue
        declare(f"{kind.name}.{each.name}", fact_kind, str(each.verbose_name), newest(kind, _attribute(each.attname)))


def newest(kind: EvidenceType, read: Callable[[Any], Any]) -> Callable:
    """An answer read from the newest valid record of a kind, or from the one that is being put on file."""
    answer = _reader(kind, lambda records: read(records[0]) if records else None)
    answer.from_record = read
    return answer


def _reader(kind: EvidenceType, read: Callable[[list], Any]) -> Callable:
    """An answer from the valid records of a kind, newest first; `from_records` lets them be fetched once for all facts."""

    def answer(project):
        return read(records(project, kind))

    answer.from_records = read
    return answer


def _roles(records: list) -> list[str]:
    return sorted({each.recorded_role for each in records})


def _attribute(name: str) -> Callable[[Any], Any]:
    def read(record):
        value = getattr(record, name, None)
        return None if value == "" else value

    return read


@transaction.atomic
def record(project_id: int, name: str, data: dict, *, actor, files: dict | None = None, strict: bool = True):
    """Put evidence on file, whole or not at all. Returns (record, verdicts); flags are among the verdicts.

    `strict` refuses unknown fields (REST, scenarios); a browser's extra fields are ignored. Raises Project.DoesNotExist
    for what the actor may not see, Forbidden, Closed, Invalid (per field) and Refused (with every verdict).
    """
    from projects.scope import locked_project

    kind = EVIDENCE[name]
    project = locked_project(actor, project_id)
    role = _entitled(actor, project, kind)
    _open(project, kind, "登记")
    form = kind.form(data=data, files=files or {}, project=project, actor=actor)
    misfits = form.set_misfits_aside() if strict else {}
    if misfits or not form.is_valid():
        raise _with_form(Invalid("请按提示修改后再提交。", {**form.errors.get_json_data(), **misfits}), form)
    with transaction.atomic():
        saved = form.save_record(role)
        with facts_stand(project):
            found = consider(project, f"record:{name}", candidate=saved)
            if not found.allows:
                raise _with_form(Refused(f"“{kind.called(project)}”没有登记成功。", found.verdicts), form)
            audit.record(actor, f"record:{name}", target=str(saved.pk), project_id=project.pk)
            events.happened(f"record:{name}", project=project, actor=actor, record=saved)
    return saved, found.verdicts


def _with_form(error, form):
    """Let a page show the refusal with everything that was typed."""
    error.form = form
    return error


@transaction.atomic
def void(project_id: int, name: str, record_id: int, *, actor, reason: str):
    """Take a wrong record out of account while its stage is open; it stays visible with the reason."""
    from projects.scope import locked_project

    kind = EVIDENCE[name]
    project = locked_project(actor, project_id)
    _entitled(actor, project, kind)
    _open(project, kind, "作废")
    if not kind.voidable:
        raise Closed(f"“{kind.called(project)}”不能作废;需要更正的,请登记新的一件。")
    if not reason.strip():
        raise Invalid("请写明作废原因。", {"reason": [{"message": "请写明作废原因。", "code": "required"}]})
    row = kind.valid(project).get(pk=record_id)
    kind.model.objects.filter(pk=row.pk).update(voided_at=clock.now(), void_reason=reason)
    audit.record(actor, f"void:{name}", target=str(row.pk), project_id=project.pk, reason=reason)
    events.happened(f"void:{name}", project=project, actor=actor, record=row)
    return row


def choices(fact: str) -> tuple[str, ...]:
    """The values that a fact of one field can have, where its form gives them to choose from."""
    family, _, name = fact.partition(".")
    kind = EVIDENCE.get(family)
    field_ = kind.form.base_fields.get(name) if kind else None
    return tuple(str(value) for value, _ in getattr(field_, "choices", ()) if value not in ("", None)) if field_ else ()


def _open(project, kind: EvidenceType, doing: str) -> None:
    """Raise Closed where the evidence is not open, citing the clause that locked it if the pack names one."""
    from projects.transitions import passed

    if kind.is_open(project):
        return
    spec = project.pack.records.get(kind.name)
    detail = f"“{kind.called(project)}”在“{project.get_state_display()}”阶段不能{doing}。"
    if not spec or not spec.closed_rule or (spec.closed_after and not passed(project, spec.closed_after)):
        raise Closed(detail)
    rule = project.pack.rule(spec.closed_rule)
    cited = f"{rule.says}(依据 {project.pack.document(rule)} {rule.clause},{rule.id})"
    raise Closed(f"{detail}{cited}", rules=[rule.id])


def _entitled(actor, project, kind: EvidenceType) -> str:
    if not kind.exists_for(project):
        cited = project.pack.cite_as or project.pack.doc_no
        raise NotOffered(f"本项目适用{cited},没有“{kind.label}”这一事项。", state=project.state)
    by = kind.offices(project)
    if not may_record(actor, project, kind):
        rule = project.pack.records[kind.name].rule
        raise Forbidden(f"“{kind.called(project)}”由{offices_in_words(project, by)}登记。", roles=list(by), rule=rule)
    held = roles_on(actor, jurisdiction_id=project.jurisdiction_id, owner_id=project.department_id)
    return next(role for role in by if role in held)
