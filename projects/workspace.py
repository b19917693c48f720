"""Here: the sections of the filing workspace, what each holds, and where a verdict is mended. Not here: saving, pages."""

from collections.abc import Callable
from dataclasses import dataclass

from organizations.roles import APPLICANT
from policies.engine import applies
from policies.verdicts import Outcome, Verdict
from projects.evidence import EVIDENCE, EvidenceType
from projects.judgement import ProjectFacts
from projects.materials import checklist
from projects.models import Material

FILING, MOVE = "filing", "file"


@dataclass(frozen=True)
class Section:
    """A part of the workspace: fields of the filing, or a page of a room.

    `fill(project, user)` gives what its template needs; `count(project, user)` a word for the navigation, or "".
    `shown(project)` tells whether the project's instrument has any use for it.
    """

    code: str
    label: str
    order: int
    fields: tuple[str, ...] = ()
    template: str = "projects/filing/fields.html"
    fill: Callable[..., dict] | None = None
    count: Callable[..., str] | None = None
    shown: Callable[..., bool] = lambda project: True


@dataclass(frozen=True)
class Notice:
    """Something on top of every section, with the page it leads to: what the centre asked to have mended."""

    text: str
    url: str
    link: str = "查看和答复"


@dataclass(frozen=True)
class Hint:
    """Something a room points out before filing; never an obstacle."""

    section: str
    text: str


_sections: dict[str, Section] = {}
_hints: list[Callable] = []
_notices: list[Callable] = []


def section(code: str, label: str, *, order: int, **parts) -> Section:
    """Offer a section; rooms above do so in apps.ready()."""
    if code in _sections:
        raise ValueError(f"section {code} is offered twice")
    _sections[code] = Section(code, label, order, **parts)
    return _sections[code]


def hint(function: Callable) -> Callable:
    """Register function(project, user) → list[Hint] for the rehearsal."""
    _hints.append(function)
    return function


def notice(function: Callable) -> Callable:
    """Register function(project, user) → list[Notice] for the head of the workspace."""
    _notices.append(function)
    return function


def notices(project, user) -> list[Notice]:
    """What the rooms put on top."""
    return [found for function in _notices for found in function(project, user)]


def hints(project, user) -> list[Hint]:
    """What the rooms point out now."""
    return [found for function in _hints for found in function(project, user)]


def sections(project=None) -> list[Section]:
    """All sections in their order; those that are shown for a project."""
    found = sorted(_sections.values(), key=lambda each: each.order)
    return [each for each in found if project is None or each.shown(project)]


def following(code: str, project) -> Section | None:
    """The section after this one."""
    order = [each.code for each in sections(project)]
    after = order[order.index(code) + 1 :]
    return _sections[after[0]] if after else None


def holder(field: str) -> Section | None:
    """The section that holds a field of the filing."""
    return next((each for each in sections() if field in each.fields), None)


section(
    "basics", "基本情况", order=10,
    fields=("name", "kind", "origin", "batch", "plan_year", "categories", "category_note", "ict_based", "serves",
            "parent_name", "parent_doc_no", "interim_superior_doc", "interim_government_doc", "interim_fund_source",
            "interim_fund_amount"),
)  # fmt: skip
section("estimate", "投资概算", order=20, fields=("declared_total", "estimate", "funding"))
section("content", "建设内容", order=30, fields=("objective", "business_need", "public_facilities"))
section("sharing", "共享需求", order=40, fields=("shared_data_needed", "shared_data_offered", "no_sharing_reason"))

SPECIAL = {
    "大型基建的填写": ("parent_name", "parent_doc_no"),
    "临时申报的填写": (
        "interim_superior_doc", "interim_government_doc", "interim_fund_source", "interim_fund_amount",
    ),
}  # fmt: skip
SPEAKS_OF = {"interim.proofs": SPECIAL["临时申报的填写"]}
HINTS = {
    "name": "写系统或工程的名称,不写年度和期次。",
    "kind": "决定要交哪些材料、走哪条流程。",
    "origin": "窗口期以外的,按“临时申报”提出。",
    "plan_year": "选了批次,可以不填。",
    "serves": "运行维护、扩建和升级改造的,选所服务的系统。",
    "declared_total": "以元为单位,各年度、各来源合计,含设计费和监理费。可以写千分位逗号。",
    "objective": "建成以后办什么事、达到什么效果。",
    "business_need": "现在的办件量、存在的问题、为什么要建。",
    "no_sharing_reason": "不需要也不提供数据的,写明理由;有共享需求的不填。",
}

# Facts that are computed from several fields: where a person mends what they say.
MENDED_AT = {
    "project.fiscal_funded": "funding",
    "filing.central_funds": "funding",
    "project.investment": "declared_total",
    "filing.estimate_difference": "declared_total",
    "filing.estimate_lines": "estimate",
    "filing.estimate_sum": "estimate",
    "filing.estimate_wrong_lines": "estimate",
    "filing.estimate_too_coarse": "estimate",
    "filing.own_built_without_reason": "estimate",
    "filing.line_names": "estimate",
    "filing.line_types": "estimate",
    "filing.own_level_funds": "funding",
    "filing.years_ahead": "plan_year",
    "filing.sharing_answered": "shared_data_needed",
    "filing.no_sharing": "no_sharing_reason",
    "filing.in_window": "batch",
    "filing.batch_plan_year": "plan_year",
    "filing.served_contract": "serves",
}


def place(verdict: Verdict) -> tuple[str, str] | None:
    """Section and field (or material code) where the department mends a verdict; None when it is not theirs to mend."""
    if verdict.remedy.startswith("material:"):
        return "materials", verdict.remedy.removeprefix("material:")
    unmet = next((each for each in verdict.comparisons if each.holds is not True), None)
    fact = unmet.fact if unmet else ""
    family, _, name = fact.partition(".")
    if family == "material" or fact == "interim.proofs":
        return "materials", name
    field = MENDED_AT.get(fact, name if family in ("project", FILING) else "")
    found = holder(field)
    return (found.code, field) if found else None


def beside(project) -> list[EvidenceType]:
    """What the unit puts on file beside the filing under the project's instrument."""
    return [
        kind
        for kind in EVIDENCE.values()
        if kind.name != FILING and not kind.page and kind.is_open(project) and APPLICANT in kind.offices(project)
    ]


def put_beside(project, verdict: Verdict) -> EvidenceType | None:
    """The evidence beside the filing that mends a verdict; None when it is mended elsewhere."""
    if place(verdict):
        return None
    return next((kind for kind in beside(project) if kind.name == verdict.remedy), None)


def in_short(verdict: Verdict) -> str:
    """What is missing, without the clause; the rule's own reason where it says that already."""
    if verdict.outcome != Outcome.UNDETERMINED:
        return verdict.reason
    unknown = dict.fromkeys(each.label for each in verdict.comparisons if each.holds is None)
    return f"还没有填,或者还算不出:{'、'.join(unknown)}。"


def slots(project) -> list[dict]:
    """The documents that filing asks for or that were handed in, each with whether it is still owed."""
    from projects.judgement import judge

    owed = {verdict.remedy for verdict in judge(project, MOVE) if verdict.blocks}
    return [
        each
        | {
            "owed": not _answered(each)
            and (each["slot"].required in ("always", "if_exists") or f"material:{each['slot'].code}" in owed),
            "answered": _answered(each),
        }
        for each in checklist(project)
        if MOVE in each["slot"].moves or not each["slot"].moves
    ]


def _answered(each: dict) -> bool:
    return each["material"] is not None and each["material"].status != Material.DRAFT


def handed_in(project, user) -> str:
    """For the navigation: answered/asked, e.g. 4/7."""
    found = [each for each in slots(project) if each["owed"] or each["answered"] or each["slot"].required != "optional"]
    return f"{sum(each['answered'] for each in found)}/{len(found)}"


def papers_beside(project, user) -> dict:
    """For the section: each kind with its newest record, and what is still asked for."""
    from projects.judgement import judge

    asked: dict[str, list] = {}
    for verdict in judge(project, MOVE):
        kind = put_beside(project, verdict)
        if kind and verdict.outcome not in (Outcome.ALLOWS, Outcome.WAIVED, Outcome.NOT_APPLICABLE):
            asked.setdefault(kind.name, []).append(verdict)
    rows = [
        {"kind": kind, "label": kind.called(project), "record": kind.current(project), "asked": asked.get(kind.name, [])}
        for kind in beside(project)
    ]
    return {"rows": rows}


def put_on_file(project, user) -> str:
    """For the navigation: on file/in all, e.g. 2/6."""
    kinds = beside(project)
    return f"{sum(kind.current(project) is not None for kind in kinds)}/{len(kinds)}"


section(
    "records", "随附登记", order=45, template="projects/filing/records.html", fill=papers_beside, count=put_on_file,
    shown=lambda project: bool(beside(project)),
)  # fmt: skip
section("materials", "材料", order=50, template="projects/filing/materials.html", count=handed_in)
section("check", "核对并提交", order=90)


def asked_for(project, fields: tuple[str, ...]) -> bool:
    """Whether the project's instrument asks for one of these fields, or they are filled in already."""
    if any(getattr(project, name, None) for name in fields):
        return True
    facts = ProjectFacts(project, project.pack)
    return any(
        applies(check.when, facts) is not False
        for rule in project.pack.rules
        for check in rule.checks
        if check.when and any(_speaks_of(condition, fields) for condition in check.require)
    )


def _speaks_of(condition, fields: tuple[str, ...]) -> bool:
    name = condition.fact.removeprefix(f"{FILING}.")
    return name in fields or bool(set(SPEAKS_OF.get(condition.fact, ())) & set(fields))


def open_points(project, verdicts, typed) -> dict[str, int]:
    """How many things each section still lacks before filing: obstacles, and typed text that could not be read."""
    found: dict[str, int] = {}
    for verdict in verdicts:
        at = (place(verdict) or (put_beside(project, verdict) and ("records",))) if verdict.blocks else None
        if at:
            found[at[0]] = found.get(at[0], 0) + 1
    for name in typed:
        held = holder(name)
        if held:
            found[held.code] = found.get(held.code, 0) + 1
    return found
