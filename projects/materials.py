"""Here: handing in documents for the pack's slots. Not here: which slots are required (packs), file checks (uploads.py)."""

from django.db import transaction

from organizations import audit, clock
from projects import events
from projects.errors import Closed, Forbidden, Invalid
from projects.models.material import Material
from projects.permissions import offices_in_words, roles
from projects.states import State
from projects.uploads import store

CLOSED_STATES = (State.REJECTED, State.WITHDRAWN, State.TERMINATED)


@transaction.atomic
def attach(project_id: int, code: str, *, actor, upload=None, status: str = Material.FINAL, note: str = "") -> Material:
    """A new version in a slot: a file that is a draft or final, or the answer 无此件. Raises Forbidden, Closed, Invalid."""
    from projects.scope import locked_project

    project = locked_project(actor, project_id)
    slot = _slot(project, code)
    if not roles(actor, project) & set(slot.by):
        raise Forbidden(
            f"“{slot.name}”由{offices_in_words(project, slot.by)}提交。", roles=list(slot.by), rule=slot.rule
        )
    if not is_open(project, slot):
        raise Closed(f"“{slot.name}”已随环节锁定;确需更换的,请先办理退回或变更。")
    _check(slot, upload, status)
    last = project.materials.filter(code=code).order_by("-version").first()
    material = Material.objects.create(
        project=project,
        code=code,
        version=(last.version if last else 0) + 1,
        status=status,
        attachment=store(upload, project=project, actor=actor) if upload else None,
        note=note,
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    audit.record(actor, f"material:{code}", target=str(material), project_id=project.pk)
    events.happened(f"material:{code}", project=project, actor=actor, record=material)
    return material


def is_open(project, slot) -> bool:
    """A slot takes files until the first move that asks for it has been made, and never on a closed project."""
    if project.state in CLOSED_STATES:
        return False
    if not slot.moves:
        return True
    from projects.transitions import passed

    return not all(passed(project, move) for move in slot.moves)


def checklist(project) -> list[dict]:
    """Every slot of the pack that may concern this project: spec, newest version or None, open or locked."""
    from policies.engine import applies
    from projects.judgement import ProjectFacts

    facts = ProjectFacts(project, project.pack)
    newest = {}
    for material in project.materials.select_related("attachment").order_by("version"):
        newest[material.code] = material
    return [
        {"slot": slot, "material": newest.get(slot.code), "open": is_open(project, slot)}
        for slot in project.pack.materials
        if applies(slot.when, facts) is not False
    ]


def _slot(project, code: str):
    try:
        return project.pack.material(code)
    except KeyError:
        raise Invalid("没有这一材料。", {"code": [{"message": f"没有“{code}”这一材料。", "code": "unknown"}]}) from None


def _check(slot, upload, status: str) -> None:
    if status not in dict(Material.STATUSES):
        raise Invalid("状态有误。", {"status": [{"message": "请选择草稿、定稿或无此件。", "code": "invalid_choice"}]})
    if status == Material.NONE and (slot.required != "if_exists" or upload):
        message = "这件材料必须提交,不能选“无此件”。" if slot.required != "if_exists" else "选“无此件”时不要上传文件。"
        raise Invalid(message, {"status": [{"message": message, "code": "not_optional"}]})
    if status != Material.NONE and upload is None:
        raise Invalid("请选择文件。", {"file": [{"message": "请选择要上传的文件。", "code": "required"}]})
