"""Here: a pack as files for people who do not write packs: the rule list, decision tables. Not here: the pack."""

import json
from pathlib import Path

from papers.content import Content, Para, Table
from papers.excel import Book, Column, Sheet, write
from policies import jdm
from policies.pack import Pack, Rule, leaves
from projects.reading import Reading

STATUSES = {"enforced": "执行", "shown": "展示", "not_enforceable": "不由系统执行"}
BASES = {"text": "条文明确", "scope": "适用范围", "competence": "职责分工", "duty": "义务性规定", "none": "不拦截"}
HEADS = {
    "编号": 13, "条款": 13, "环节": 10, "规定(本系统表述)": 44, "处理": 10, "依据性质": 12, "怎样执行": 44, "由谁补正": 16,
    "可否例外": 16, "门槛和条件": 26, "说明": 26, "审读意见": 26,
}  # fmt: skip


def export(pack: Pack, folder: Path) -> list[Path]:
    """The rule list as Excel and Word, and the conditions as decision tables, written to a folder."""
    from papers.docx import render

    folder.mkdir(parents=True, exist_ok=True)
    sheet, word, tables = (folder / f"{pack.code}.{ending}" for ending in ("xlsx", "docx", "jdm.json"))
    with sheet.open("wb") as out:
        columns = [Column(head, width=width, wrap=True) for head, width in HEADS.items()]
        rows = [rule_row(Reading(pack), rule) for rule in pack.rules]
        write(Book(f"规则清单:{pack.title}(版本 {pack.digest[:12]})", [Sheet("规则清单", columns, rows)]), out)
    word.write_bytes(render(rule_list(pack)))
    tables.write_text(json.dumps(jdm.graph(pack), ensure_ascii=False, indent=1), encoding="utf-8")
    return [sheet, word, tables]


def rule_list(pack: Pack) -> Content:
    """The rule list on paper, for the legal office."""
    cells = (rule_row(Reading(pack), rule) for rule in pack.rules)
    rows = [(row[0], row[1], row[3], row[4], row[9], row[10], row[11]) for row in cells]
    until = f",有效期至{pack.effective_to:%Y-%m-%d}" if pack.effective_to else ""
    since = f"{pack.effective_from:%Y-%m-%d}起施行{until}" if pack.validity != "draft" else "尚未施行"
    standing = "" if pack.binding else f"{pack.validity_words},仅供对照。"
    about = f"{pack.cite_as or pack.doc_no},{pack.issuer},{since}。{standing}"
    return Content(
        title=f"{pack.title}规则清单",
        blocks=(
            Para(
                f"{about}共{len(pack.rules)}条,规则包版本 {pack.digest[:12]}。表述为本系统对条款的转述,以文件原文为准。"
            ),
            Table(
                ("编号", "条款", "规定", "处理", "门槛和条件", "说明", "审读意见"),
                rows,
                widths=(10, 9, 33, 7, 18, 12, 11),
            ),
            Para("审读人:                审读日期:                结论:"),
        ),
        red=False,
        landscape=True,
    )


def rule_row(reading: Reading, rule: Rule) -> tuple[str, ...]:
    """One rule as cells under HEADS; the last is for the reader."""
    return (
        rule.id, f"{rule.source} {rule.clause}".strip(), rule.stage, rule.says, STATUSES[rule.status], BASES[rule.basis],
        carried(reading, rule), reading.who(rule.unblock), reading.who(rule.waivable_by) or "不可",
        conditions(reading, rule), rule.because or rule.inference, "",
    )  # fmt: skip


def carried(reading: Reading, rule: Rule) -> str:
    """How a rule is carried out: at what, with what demand."""
    told = (reading.check(check) for check in rule.checks)
    found = [
        f"{each.at},{'要求' * bool(each.require)}{';'.join(each.require) or '符合条件的'};{each.otherwise}"
        for each in told
    ]
    return "\n".join(found) or reading.carried(rule)


def conditions(reading: Reading, rule: Rule) -> str:
    """When the rule is asked, as far as figures and lists of the text decide it."""
    found = [reading.condition(each) for check in rule.checks for each in leaves(check.when) if each.value is not None]
    return ";".join(dict.fromkeys(found))
