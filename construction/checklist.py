"""Here: the filing's checklist as a change request answers it (YQ-3.4-14). Not here: the slots themselves (packs)."""

from collections.abc import Iterable, Mapping

from construction.models import ChangeMaterial, ChangeRequest
from policies.engine import applies
from policies.pack import MaterialSpec
from projects.judgement import ProjectFacts
from projects.models import Material


def filing_slots(project) -> list[MaterialSpec]:
    """The slots that the filing had to answer, and those it answered of its own accord, in the order of the pack."""
    facts, on_file = ProjectFacts(project, project.pack), statuses(project)
    return [
        spec
        for spec in project.pack.materials
        if "file" in spec.moves
        and (spec.required != "optional" or on_file.get(spec.code) == Material.FINAL)
        and applies(spec.when, facts) is not False
    ]


def unanswered(change: ChangeRequest) -> list[str]:
    """Names of slots without a good answer; of a group one is enough."""
    on_file = statuses(change.project)
    given = {row.code: row for row in change.materials.all()}
    groups: dict[str, list[MaterialSpec]] = {}
    for spec in filing_slots(change.project):
        groups.setdefault(spec.group or spec.code, []).append(spec)
    return [
        " 或 ".join(spec.name for spec in members)
        for members in groups.values()
        if not any(_holds(given.get(spec.code), spec, on_file) for spec in members)
    ]


def default_answers(project) -> list[Mapping[str, str]]:
    """Keep what is on file; say 无此件 where that is an answer."""
    on_file = statuses(project)
    return [
        {"code": spec.code, "answer": answer} for spec in filing_slots(project) for answer in _answers(spec, on_file)
    ]


def statuses(project) -> dict[str, str]:
    """The status of the newest version in each slot."""
    return dict(Material.objects.filter(project=project).order_by("version").values_list("code", "status"))


def _answers(spec: MaterialSpec, on_file: Mapping[str, str]) -> Iterable[str]:
    if on_file.get(spec.code) == Material.FINAL:
        yield ChangeMaterial.KEPT
    elif spec.required == "if_exists":
        yield ChangeMaterial.NONE


def _holds(row: ChangeMaterial | None, spec: MaterialSpec, on_file: Mapping[str, str]) -> bool:
    if row is None:
        return False
    if row.answer == ChangeMaterial.NONE:
        return spec.required == "if_exists"
    return (
        row.attachment_id is not None
        if row.answer == ChangeMaterial.RENEWED
        else on_file.get(spec.code) == Material.FINAL
    )
