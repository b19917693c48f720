"""Here: how papers name a project and cite its instrument, the frame of a letter. Not here: what any paper says (documents.py)."""

from collections.abc import Iterable
from datetime import date

from organizations.roles import ROLE_LABELS
from papers.content import Block, Content, Para
from papers.registry import PAPERS
from papers.wording import MISSING, UNKNOWN, day, filled, full_stop, money, official
from policies.pack import Pack
from projects.states import State

PROJECT = "项目"
NOTIFIED = Para("特此通知。")


def named(project) -> str:
    """The project as a title calls it: its name, with 项目 behind it once."""
    name = project.name.strip() or MISSING
    return name if name.endswith((PROJECT, "工程")) else f"{name}{PROJECT}"


def referred(project) -> str:
    """The project in a sentence: 智慧城管平台项目（项目编号：YQ-2026-0001）."""
    return f"{named(project)}（项目编号：{project.number}）"


def letter(project, title: str, *blocks: Block, on: date | None, to: str | None = None, **more) -> Content:
    """A letter about a project: `title` has {} where its name belongs; it goes to the unit unless `to` says otherwise."""
    whom = project.department.name if to is None else to
    return official(Content(title=title.replace("{}", named(project)), to=whom, on=on, blocks=blocks, **more))


def received(project, paper: str, what: str = "", on: date | None = None) -> str:
    """How an answer begins: 你单位于…报送的…收悉。根据…的规定，."""
    when = f"于{day(on)}" if on else ""
    return f"你单位{when}报送的{referred(project)}{what}收悉。{under(project.pack, paper)}，"


def called(pack: Pack, paper: str) -> str:
    """What this place calls the paper."""
    spec = pack.papers.get(paper)
    return (spec and spec.label) or PAPERS[paper].label


def form_title(project, paper: str) -> str:
    """The head of a form: as this place calls it, else its usual name."""
    spec = project.pack.papers.get(paper)
    return (spec and spec.label) or f"电子政务{PAPERS[paper].label}"


def instrument(pack: Pack) -> str:
    """The instrument, with its number where it has one, as a paper cites it for the first time."""
    return f"《{pack.title}》" + (f"（{pack.doc_no}）" if pack.doc_no.endswith("号") else "")


def articles(pack: Pack, rules: Iterable[str]) -> str:
    """The articles of these rules, each once; rules that this instrument does not have are left out."""
    known = pack.by_id
    return "、".join(dict.fromkeys(known[rule].clause for rule in rules if rule in known))


def under(pack: Pack, paper: str, *more: str) -> str:
    """根据《…》（…）三（二）的规定: the clauses that this place's pack names for the paper, and those of `more`."""
    spec = pack.papers.get(paper)
    found = articles(pack, (*(spec.cites if spec else ()), *more))
    return f"根据{instrument(pack)}{found}的规定" if found else f"根据{instrument(pack)}"


def issuer(pack: Pack, paper: str) -> str:
    """The office that issues this kind of paper here, as this place calls it."""
    spec = pack.papers.get(paper)
    return offices(pack, (spec and spec.issuer) or PAPERS[paper].issuer) or "本单位"


def office(pack: Pack, role: str) -> str:
    """A role as this place calls it, else by its usual name."""
    return pack.offices.get(role) or ROLE_LABELS.get(role, role)


def offices(pack: Pack, *roles: str) -> str:
    """These offices as this place calls them, each once; roles that it does not have are left out."""
    return "、".join(dict.fromkeys(pack.offices[role] for role in roles if role in pack.offices))


def clause(pack: Pack, rule: str) -> str:
    """One clause as an opinion cites it: 乐政办发〔2015〕10号三（二）; a rule of no instrument as it was typed."""
    found = pack.by_id.get(rule)
    return f"{pack.doc_no}{found.clause}" if found else filled(rule)


def basics(project) -> list[tuple[str, object]]:
    """What every form says of a project."""
    return [
        ("项目名称", project.name),
        ("项目编号", project.number),
        ("建设单位", project.department.name),
        ("建设性质", filled(project.kind)),
        ("申报来源", filled(project.origin)),
        ("计划年度", str(project.plan_year) if project.plan_year else MISSING),
        ("申报概算", money(project.declared_total)),
        ("项目类别", filled(project.categories)),
    ]


def invested(project) -> str:
    """总投资500,000.00元（批准预算）: the investment and where it comes from."""
    source = f"（{project.investment_source}）" if project.investment_source and project.investment is not None else ""
    return f"总投资{money(project.investment)}{source}"


def stage_in_words(pack: Pack, state: str) -> str:
    """The stage of the text that a state belongs to; else what the state is called."""
    found = next((stage["name"] for stage in pack.stages if state in stage["states"]), None)
    return f"“{found}”阶段" if found else f"“{State(state).label if state in State.values else UNKNOWN}”状态"


def said(text: str) -> list[Para]:
    """Typed text as paragraphs, one for each line; 未填 where nothing was typed."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [Para(full_stop(line)) for line in lines] or [Para(f"{MISSING}。")]
