"""Here: a pack as it is in force, with the end and the parameters that offices have set. Not here: judging."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from organizations import audit, clock
from organizations.roles import office_roles
from policies.loader import load
from policies.pack import Pack, ParameterSpec
from projects import events
from projects.errors import Invalid
from projects.models.instrument import InstrumentEnd, PackVersion, ParameterSetting
from projects.permissions import governs


def pack_in_force(code: str) -> Pack:
    """The pack, ended early where the governing office registered a repeal or a successor (YQ-0-3)."""
    pack = load(code)
    end = InstrumentEnd.objects.filter(pack_code=code).first()
    return replace(pack, effective_to=end.effective_to) if end else pack


def end_instrument(code: str, *, effective_to, replaced_by: str, actor) -> InstrumentEnd:
    """Register the end of an instrument with the repealing or replacing document (YQ-0-3).

    Only the governing office of a place under this instrument may. Raises PermissionDenied and Invalid per field.
    """
    place = actor.organization.jurisdiction if actor.organization else None
    if place is None or place.pack != code or not governs(actor, place):
        pack = load(code)
        raise PermissionDenied(f"文件失效由{pack.office(pack.governing)}登记")
    errors = {}
    if not replaced_by.strip():
        errors["replaced_by"] = [{"message": "请填写废止或替代的文号。", "code": "required"}]
    if effective_to < load(code).effective_from:
        errors["effective_to"] = [{"message": "失效日期不能早于施行日期。", "code": "order"}]
    if errors:
        raise Invalid("请按提示修改后再提交。", errors)
    audit.record(actor, "instrument.end", target=code, effective_to=str(effective_to), replaced_by=replaced_by)
    return InstrumentEnd.objects.create(
        pack_code=code, effective_to=effective_to, replaced_by=replaced_by, recorded_by=actor, recorded_on=clock.today()
    )


def parameter(pack: Pack, name: str, *, jurisdiction_id: int, project_id: int | None = None):
    """The value of a parameter: the project's own setting, else the jurisdiction's, else the pack's default."""
    spec = pack.parameter(name)
    settings = ParameterSetting.objects.filter(pack_code=pack.code, name=name, jurisdiction_id=jurisdiction_id)
    for scope in ({"project_id": project_id}, {"project_id": None}) if project_id else ({"project_id": None},):
        found = settings.filter(**scope).first()
        if found:
            return found.value
    return spec.default


class Settings:
    """What offices have set of these parameters, read at once, for whoever goes through all places."""

    def __init__(self, names: Iterable[str]) -> None:
        rows = ParameterSetting.objects.filter(name__in=set(names)).order_by("id")
        found = rows.values_list("pack_code", "name", "jurisdiction_id", "project_id", "value")
        self.newest = {tuple(key): value for *key, value in found}

    def of_place(self, pack: Pack, name: str, jurisdiction_id: int):
        """As `parameter` for a jurisdiction."""
        return self.newest.get((pack.code, name, jurisdiction_id, None), pack.parameter(name).default)

    def of_projects(self, pack: Pack, name: str) -> dict[int, Any]:
        """The settings of single projects, by project."""
        mine = ((key, value) for key, value in self.newest.items() if key[:2] == (pack.code, name))
        return {project: value for (*_, project), value in mine if project is not None}


@transaction.atomic
def set_parameter(
    pack: Pack, name: str, value, *, actor, jurisdiction_id: int, project=None, reason: str, basis: str = ""
) -> ParameterSetting:
    """Set what the text leaves open, for one project where the pack says `per = "project"`, else for the jurisdiction.

    Only an office that the pack names may; what the pack `needs` (reason, basis) must be given. Raises PermissionDenied
    and Invalid per field.
    """
    spec = pack.parameter(name)
    if not set(spec.set_by) & office_roles(actor, jurisdiction_id):
        offices = "、".join(pack.office(role) for role in spec.set_by)
        raise PermissionDenied(f"“{spec.label}”由{offices}设置")
    errors = {
        key: [{"message": "请填写。", "code": "required"}]
        for key, text in (("reason", reason), ("basis", basis))
        if key in spec.needs and not text.strip()
    }
    if not _fits(spec, value):
        errors["value"] = [{"message": "取值有误。", "code": "invalid"}]
    if (spec.per == "project") != (project is not None):
        errors["project"] = [
            {"message": "请按项目逐个设置。" if project is None else "此项不按项目设置。", "code": "scope"}
        ]
    if errors:
        raise Invalid("请按提示修改后再提交。", errors)
    setting = ParameterSetting.objects.create(
        jurisdiction_id=jurisdiction_id, project=project, pack_code=pack.code, name=name, value=value,
        reason=reason, basis=basis, set_by=actor, set_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, "parameter.set", target=name, project_id=project.pk if project else None, value=str(value))
    events.happened("parameter", project=project, actor=actor, record=setting)
    return setting


def _fits(spec: ParameterSpec, value) -> bool:
    if spec.kind == "flag":
        return isinstance(value, bool)
    if spec.kind == "choice":
        return value in spec.choices
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)


def remember(pack: Pack) -> str:
    """Keep the exact text of a pack that is about to judge, and return its digest."""
    PackVersion.objects.get_or_create(
        digest=pack.digest, defaults={"code": pack.code, "text": pack.text, "first_used_on": clock.today()}
    )
    return pack.digest
