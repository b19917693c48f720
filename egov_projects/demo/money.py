"""Here: what finance did in the demo city: the year's envelope, payments, older systems evaluated or due. Not here: the round."""

from datetime import date
from decimal import Decimal

from budget.envelope import set_envelope
from budget.lock import lock_plan
from budget.money import contracted
from organizations import clock
from projects.states import CHAIN, State

ENVELOPE = Decimal("100000000.00")
# Unit, name, declared, how far it came, and what its evaluation said.
OLDER = (
    ("市行政服务中心", "政务服务统一受理平台", "860000.00", "evaluated", {}),
    (
        "市民政局", "殡葬信息登记系统", "420000.00", "evaluated",
        {"grade": "差", "opinion": "日均访问不足十次,数据未接入共享平台,建议整合后停用。"},
    ),
    ("市自然资源局", "地籍档案查询系统", "560000.00", "started", {}),
    ("市司法局", "公共法律服务网", "380000.00", "in_service", {}),
)  # fmt: skip
PAID_FROM = CHAIN.index(State.CONTRACTED)
ACCEPTED = CHAIN.index(State.ACCEPTED)


def arrange(year) -> None:
    """可用财力 of the year that the round is for, somewhat less than what was agreed (YQ-3.3-1)."""
    finance = year.people.actors["finance"]
    with year.on(date(year.round + 1, 1, 25)):
        set_envelope(
            actor=finance, jurisdiction=finance.organization.jurisdiction, year=year.round + 1, amount=ENVELOPE,
            note="年初预算草案信息化专项",
        )  # fmt: skip
    with year.on(date(year.round + 1, 1, 28)):
        lock_plan(actor=finance, jurisdiction=finance.organization.jurisdiction, year=year.round + 1)


def pay(year, projects: dict) -> None:
    """A design fee where a contract was signed, and most of the contract where acceptance was passed (YQ-3.7-11)."""
    for project in projects.values():
        project.refresh_from_db()
        at = CHAIN.index(project.state) if project.state in CHAIN else 0
        if at < PAID_FROM:
            continue
        with year.on(date(year.round + 1, 11, 2)):
            fee = {"kind": "设计费", "amount": _share(project.investment, 2), "payee": "浙江数政规划设计有限公司"}
            year.walker.record(project, "payment", fee)
            if at >= ACCEPTED:
                rest = contracted(project) - Decimal(fee["amount"])
                year.walker.record(project, "payment", {"amount": _share(rest, 95)})


def _share(amount: Decimal, percent: int) -> str:
    return str((amount * percent / 100).quantize(Decimal("0.01")))


def older(year) -> None:
    """Systems of an earlier round: one evaluated well, one badly, one under evaluation, one that is due."""
    from egov_projects.demo.year import Application

    first = year.round - 2
    batch = year.publish(first)
    for unit, name, asked, reached, said in OLDER:
        each = Application(unit, "direct", name, "新建", "电子政务应用系统", Decimal(asked), Decimal(asked))
        project = year.file(each, batch, date(first, 8, 20))
        for state, day in (("endorsed", date(first, 10, 10)), ("in_service", date(first + 1, 9, 30))):
            with year.on(day):
                year.walker.walk_to(project, state)
        with year.on(date(first + 2, 10, 20)):
            if reached != "in_service":
                year.walker.record(project, "evaluation_start")
            if reached == "evaluated":
                year.walker.record(project, "performance_target", PROMISED)
                year.walker.record(project, "evaluation_result", said | {"concluded_on": clock.today().isoformat()})
                year.walker.walk_to(project, "evaluated")
    year.say("往年项目已评价")


PROMISED = {
    "promises": [
        {
            "name": "一次办成率", "target": "不低于 90%", "clause": "合同第六条:不低于 90%", "test": "试运行抽查 92.4%",
            "accepted": "达到", "actual": "93.1%",
        },
        {
            "name": "平均办理时长", "target": "不超过 3 个工作日", "clause": "合同第六条", "test": "", "accepted": "达到",
            "actual": "2.6 个工作日",
        },
        {"name": "年节约窗口", "target": "12 个", "clause": "", "test": "不适用,非系统功能", "accepted": "9 个", "actual": ""},
    ]
}  # fmt: skip
