"""Here: one paper with every element, long words and rare characters, for tests and measuring. Not here: real papers."""

from datetime import date
from decimal import Decimal

from papers.content import Annex, Content, Fields, Heading, Items, Para, Signatures, Table

SENTENCE = (
    "各级政务部门应当按照统一规划、统一标准、统一平台的原则，开展项目谋划、申报、审批、实施、验收、绩效评价"
    "和运行维护等全过程管理工作，总投资1,234.56万元（含税），建设周期12个月。"
)
RARE = "囧镕垚堃喆昇曌玥珺翀赟䶮"


def full() -> Content:
    """A paper in the red form with headings, a table over several pages, signatures and an annex."""
    rows = [
        [at, f"智慧城市应用平台第{at}期升级改造项目", "市城市管理局", Decimal(at * 1234567) / 100]
        for at in range(1, 41)
    ]
    return Content(
        title="某市电子政务中心关于智慧城市综合管理平台升级改造项目预审情况的意见",
        to="市城市管理局",
        mark="某市电子政务中心文件",
        signer="某市电子政务中心",
        on=date(2026, 3, 2),
        contact="联系人：郑联络，电话：0577-61880002",
        copies_to=("市府办", "市财政局", "市发改局"),
        printer="某市电子政务中心办公室",
        blocks=(
            Para("你单位报来的《智慧城市综合管理平台升级改造项目建设方案》收悉。经研究，提出预审意见如下："),
            Heading("基本情况"),
            Para(SENTENCE * 3),
            Heading("审查意见"),
            Heading("必要性", 2),
            Para(SENTENCE),
            Heading("技术路线", 3),
            Items([f"严格立项审核。{SENTENCE}", "原则上不予另建机房。", f"项目负责人{RARE}。"]),
            Heading("结论"),
            Para("同意该项目通过预审。请按规定编制预算。\n特此函复。"),
            Annex("项目预算明细表"),
            Table(["序号", "项目名称", "建设单位", "概算金额（元）"], rows, "表1 项目清单", [1, 5, 3, 3]),
            Annex("评审组成员签字表"),
            Signatures(
                ["姓名", "单位", "职称", "签字"], [("囧镕", "市城市管理局", "高级工程师"), ("赟䶮", "市大数据中心", "")]
            ),
        ),
    )


def short() -> Content:
    """A paper of less than two pages with the usual elements: what most papers are like."""
    return Content(
        title="关于智慧城管平台项目预审的意见",
        to="市城市管理局",
        mark="某市电子政务中心文件",
        signer="某市电子政务中心",
        on=date(2026, 3, 2),
        copies_to=("市府办", "市财政局"),
        printer="某市电子政务中心",
        blocks=(
            Para("你单位报来的项目建设方案收悉。经研究，提出预审意见如下："),
            Heading("基本情况"),
            Para(SENTENCE * 2),
            Heading("审查意见"),
            Items([SENTENCE, SENTENCE, "原则上不予另建机房。"]),
            Heading("结论"),
            Para("同意该项目通过预审。"),
        ),
    )


def form(*, landscape: bool = False) -> Content:
    """A form without red head: labels with values, a table, a place to sign."""
    return Content(
        title="项目预审申报表",
        red=False,
        landscape=landscape,
        blocks=(
            Fields(
                [
                    ("项目名称", "智慧城管平台"),
                    ("建设单位", "市城市管理局"),
                    ("申报日期", date(2026, 3, 2)),
                    ("总投资（元）", Decimal("1234567.89")),
                ],
                across=2,
            ),
            Fields([("建设目标", SENTENCE + "\n" + SENTENCE), ("备注", None)]),
            Table(
                ["名称", "数量", "单价（元）", "金额（元）"],
                [["服务器", 2, Decimal("45000"), Decimal("90000")]],
                "投资概算",
            ),
            Signatures(["姓名", "单位", "签字"], [("林分管", "市城市管理局")]),
        ),
    )


def hostile() -> Content:
    """Markup, addresses and endless words: they stand on the paper as they were typed, and do nothing."""
    return Content(
        title="<b>标题</b>&amp;<script>alert(1)</script>",
        mark="{{ 7|add:7 }}<img src='file:///etc/passwd'>机关",
        to="<img src=x>",
        signer="“单位”<br>",
        on=date(2026, 3, 2),
        printer="&lt;",
        blocks=(
            Para("<img src='file:///etc/passwd'><style>@import 'http://127.0.0.1/';</style>" + RARE),
            Para("无" * 500 + "x" * 4000),
            Heading("</h2><h1>", 1),
            Table(["</th>", "乙"], [["<td>", "y" * 300]]),
        ),
    )
