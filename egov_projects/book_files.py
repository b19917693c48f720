"""Here: a pack as files for people who do not write packs: the rule list, decision tables. Not here: the pack."""

import json
from pathlib import Path

from papers.content import Content, Para, Table
from papers.excel import Book, Column, Sheet, write
from policies import jdm
from policies.coverage import carriers
from policies.pack import Pack, Rule, leaves
from policies.predicates import PREDICATES
from policies.verdicts import words
from policies.vocabulary import FACTS

STATUSES = {"enforced": "执行", "shown": "展示", "not_enforceable": "不由系统执行"}
BASES = {"text": "条文明确", "scope": "适用范围", "competence": "职责分工", "duty": "义务性规定", "none": "不拦截"}
HEADS = (
    "编号",
    "条款",
    "环节",
    "规定(本系统表述)",
    "处理",
    "依据性质",
    "由谁补正",
    "可否例外",
    "门槛和条件",
    "落实位置",
    "说明",
)

def export(pack: Pack, folder: Path) -> list[Path]:
    """The rule list as Excel and Word, and the conditions as decision tables, written to a folder."""
    from papers.docx import render

    folder.mkdir(parents=True, exist_ok=True)
    sheet, word, tables = (folder / f"{pack.code}.{ending}" for ending in ("xlsx", "docx", "jdm.json"))
    with sheet.open("wb") as out:
        columns = [Column(head, width=40 if head in HEADS[3:4] else 0) for head in HEADS]
        write(
            Book(f"规则清单:{pack.title}", [Sheet("规则清单", columns, [rule_row(pack, rule) for rule in pack.rules])]),
            out,
        )
    word.write_bytes(render(rule_list(pack)))
    tables.write_text(json.dumps(jdm.graph(pack), ensure_ascii=False, indent=1), encoding="utf-8")
    return [sheet, word, tables]


def rule_list(pack: Pack) -> Content:
    """The rule list on paper, for the legal office."""
    rows = [(row[0], row[1], row[3], row[4], row[8], row[10]) for row in (rule_row(pack, rule) for rule in pack.rules)]
    until = f",有效期至{pack.effective_to:%Y-%m-%d}" if pack.effective_to else ""
    since = f"{pack.effective_from:%Y-%m-%d}起施行{until}" if pack.validity != "draft" else "尚未施行"
    standing = "" if pack.binding else f"{pack.validity_words},仅供对照。"
    about = f"{pack.cite_as or pack.doc_no},{pack.issuer},{since}。{standing}"
    return Content(
        title=f"{pack.title}规则清单",
        blocks=(
            Para(f"{about}共{len(pack.rules)}条。表述为本系统对条款的转述,以文件原文为准。"),
            Table(("编号", "条款", "规定", "处理", "门槛和条件", "说明"), rows, widths=(10, 10, 36, 8, 24, 12)),
        ),
        red=False,
        landscape=True,
    )


def rule_row(pack: Pack, rule: Rule) -> tuple[str, ...]:
    """One rule as cells under HEADS."""
    waivable = "、".join(pack.office(role) for role in rule.waivable_by) or "不可"
    return (
        rule.id, f"{rule.source} {rule.clause}".strip(), rule.stage, rule.says, STATUSES[rule.status], BASES[rule.basis],
        "、".join(pack.office(role) if role != "applicant" else "建设单位" for role in rule.unblock), waivable,
        conditions(rule), "、".join(carriers(pack, rule)), rule.because or rule.inference,
    )  # fmt: skip


def conditions(rule: Rule) -> str:
    """When the rule is asked, as far as figures and lists of the text decide it."""
    found = [
        f"{label(each.fact)}{PREDICATES[each.test].label} {words(each.value)}"
        for check in rule.checks
        for each in leaves(check.when)
        if each.value is not None
    ]
    return ";".join(dict.fromkeys(found))


def label(fact: str) -> str:
    """What people call a fact."""
    return FACTS[fact].label if fact in FACTS else fact
