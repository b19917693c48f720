"""Here: the files that a new pack begins with: its clauses, a chain that can be walked, or a copy of another. Not here: rules."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from policies import coverage, loader, scenarios

COLUMNS = ("编号", "条款", "规定", "性质", "阶段")
BASES = {"不得": "text", "应": "duty", "职责": "competence", "范围": "scope", "说明": "none"}
ID = re.compile(r"[A-Z][A-Z0-9]*-[A-Za-z0-9.-]+")
BEGINNING = """# {code}:一份文件的规则包。先填好文件头,再逐条整理 [[rule]];`book check {code}` 随时可以检查。
# 文字加英文引号,日期不加引号(2026-03-01),金额写两位小数(123456.00)。

[pack]
code = "{code}"
prefix = "{prefix}"                        # 项目编号的开头
title = "…办法"
doc_no = "…〔20xx〕x号"
issuer = "…人民政府办公室"
jurisdiction = "…"
effective_from = 2026-01-01
# effective_to = 2028-12-31         # 有效期届满的日子,没有写明就删去
governing = "centre"                # 发布年度通知、登记文件失效的部门
sees_drafts = ["centre"]            # 可以看未提交草稿的部门
kinds = ["新建", "运行维护"]        # 建设性质
construction_kinds = ["新建"]       # 其中属于建设的
categories = ["业务应用", "其他"]
origins = ["年度申报"]              # 申报来源

# 角色 = 本地叫什么。角色的写法固定:centre 审核部门、finance 财政、gov_office 政府办、planning 发改、audit 审计 ……
[offices]
centre = "…大数据中心"
finance = "…财政局"

# 文件里的阶段,各包含哪些状态。每个状态都要有阶段。
[[stage]]
name = "申报"
states = ["draft", "filed"]

[[stage]]
name = "预算"
states = ["endorsed"]

[[stage]]
name = "采购"
states = ["budgeted", "procuring"]

[[stage]]
name = "建设"
states = ["contracted", "building"]

[[stage]]
name = "验收"
states = ["accepting", "accepted", "in_service"]

# 项目依次经过的状态;没有的环节删去。性质或来源不同的,另写一条并加 kinds 或 origins。
[[route]]
name = "全部项目"
states = ["draft", "filed", "endorsed", "budgeted", "procuring", "contracted", "building", "accepting", "accepted", "in_service"]

# 谁办理、本地叫什么、依据哪一条。没有写的动作,本地的项目就没有。
[moves.file]
by = ["applicant"]
label = "提交申报"

[moves.recall]
by = ["applicant"]
label = "撤回修改"

[moves.return_filing]
by = ["centre"]
label = "退回补正"
note = "required"

[moves.reject]
by = ["centre"]
label = "不予通过"
note = "required"

[moves.endorse]
by = ["centre"]
label = "审核通过"

[moves.approve_budget]
by = ["finance"]
label = "安排预算"

[moves.apply_procurement]
by = ["applicant"]
label = "开始采购"

[moves.sign_contract]
by = ["applicant"]
label = "登记合同"

[moves.start]
by = ["applicant"]
label = "开工"

[moves.convene_acceptance]
by = ["applicant"]
label = "组织验收"

[moves.accept]
by = ["applicant"]
label = "验收通过"

[moves.return_acceptance]
by = ["applicant"]
label = "验收未通过"
note = "required"

[moves.deliver]
by = ["applicant"]
label = "交付使用"

[moves.step_back]
by = ["centre"]
label = "更正(退回上一环节)"
note = "required"

# 谁登记哪些材料和事项。没有写的,本地的项目就没有。下面几项是系统自己的,一般都要。
[records.filing]
by = ["applicant"]

[records.return_letter]
by = ["centre"]

[records.defect_answer]
by = ["applicant"]

[records.defect_verdict]
by = ["centre"]
{rules}"""
RULE = """
[[rule]]
id = "{id}"
clause = "{article}"
says = "{says}"
basis = "{basis}"
stage = "{stage}"
{status}
"""
WAITING = 'status = "not_enforceable"\nbecause = "尚未整理"'


@dataclass(frozen=True)
class Clause:
    """One clause as somebody wrote it down: its id, where it stands, what it asks in own words, and how strictly."""

    id: str
    article: str = "第…条"
    says: str = "…"
    basis: str = "none"
    stage: str = ""


def clauses_in(path: Path) -> list[Clause]:
    """The clauses of a table (.csv or .xlsx) with the columns of COLUMNS. Raises ValueError with the row."""
    rows = list(_rows(path))
    heads = rows[0] if rows else []
    if missing := [name for name in COLUMNS if name not in heads]:
        raise ValueError(f"{path.name}:第 1 行要有这些列:{'、'.join(COLUMNS)};还缺 {'、'.join(missing)}")
    found: list[Clause] = []
    for number, row in enumerate(rows[1:], start=2):
        if any(row[len(heads) :]):
            raise ValueError(f"{path.name} 第 {number} 行:多出了格子,文字里的英文逗号请改成中文逗号(\uff0c)")
        given = dict(zip(heads, [*row, *[""] * len(heads)], strict=False))
        if any(row):
            found.append(_clause(given, f"{path.name} 第 {number} 行", {each.id for each in found}))
    return found


def _rows(path: Path) -> Iterable[list[str]]:
    if path.suffix.lower() == ".xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
        return [["" if cell is None else str(cell).strip() for cell in row] for row in sheet.values]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [[cell.strip() for cell in row] for row in csv.reader(file)]


def _clause(given: dict[str, str], where: str, taken: set[str]) -> Clause:
    number, kind = given["编号"], given["性质"]
    if not ID.fullmatch(number):
        raise ValueError(f"{where}:编号“{number}”写作大写字母、短横线、数字,如 YL-7-1")
    if number in taken:
        raise ValueError(f"{where}:编号“{number}”写了两次")
    if kind not in BASES:
        raise ValueError(f"{where}:性质“{kind}”写其中之一:{'、'.join(BASES)}")
    return Clause(number, given["条款"], given["规定"].replace('"', "”"), BASES[kind], given["阶段"])


def beginning(code: str, clauses: Sequence[Clause] = ()) -> str:
    """The text of a pack to start from: a chain that can be walked, and a rule for every clause of its register.

    It loads as it stands, so that `book check` can accompany the writing.
    """
    known = clauses or [Clause(each) for each in registered(code) or ["XX-1"]]
    rules = (
        RULE.format(
            id=each.id, article=each.article, says=each.says, basis=each.basis, stage=each.stage,
            status='status = "shown"' if clauses and each.basis == "none" else WAITING,
        )
        for each in known
    )  # fmt: skip
    return BEGINNING.format(code=code, prefix=known[0].id.partition("-")[0], rules="".join(rules))


def registered(code: str) -> list[str]:
    """The ids of the clause register of an instrument; empty where there is none."""
    try:
        return coverage.register(code)
    except FileNotFoundError:
        return []


def begin(code: str, clauses: Sequence[Clause]) -> list[Path]:
    """Write the pack, and the register where it is not there yet."""
    pack, register = loader.FOLDER / f"{code}.toml", coverage.FOLDER / f"{code}.txt"
    pack.write_text(beginning(code, clauses), encoding="utf-8")
    if register.exists():
        return [pack]
    ids = [each.id for each in clauses] or ["XX-1"]
    register.write_text("\n".join(ids) + "\n", encoding="utf-8")
    return [pack, register]


def begin_like(code: str, other: str) -> list[Path]:
    """Write a pack that begins as a copy of another with its register and scenarios, for a successor of an instrument."""
    written = []
    for folder, pattern in ((loader.FOLDER, f"{other}*.toml"), (coverage.FOLDER, f"{other}*.txt")):
        for path in sorted(folder.glob(pattern)):
            if path.name.split(".")[0] == other:
                written.append(_copied(path, path.with_name(path.name.replace(other, code, 1)), other, code))
    for path in sorted((scenarios.FOLDER / other).glob("*.toml")):
        written.append(_copied(path, scenarios.FOLDER / code / path.name, other, code))
    return written


def _copied(path: Path, to: Path, other: str, code: str) -> Path:
    to.parent.mkdir(exist_ok=True)
    names = re.compile(rf'^(code|pack)(\s*=\s*)"{re.escape(other)}"', re.MULTILINE)
    to.write_text(names.sub(rf'\1\2"{code}"', path.read_text(encoding="utf-8")), encoding="utf-8")
    return to


def few(paths: Sequence[Path], most: int = 4) -> str:
    """The first paths and how many more there are."""
    more = f"\n……共 {len(paths)} 个文件" if len(paths) > most else ""
    return "\n".join(str(path) for path in islice(paths, most)) + more
