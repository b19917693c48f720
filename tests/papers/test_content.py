"""Here: papers as data: freezing, numbering of headings, order of parts, titles. Not here: files."""

from datetime import date
from decimal import Decimal

import pytest

from papers.content import Annex, Content, Fields, Heading, Items, Para, Signatures, Table
from papers.examples import form, full, hostile
from papers.layout import parts
from papers.titles import title_lines


@pytest.mark.parametrize("content", [full(), form(), hostile()])
def test_a_frozen_paper_reads_back_equal(content):
    assert Content.from_json(content.as_json()) == content


def test_the_parts_stand_in_the_order_of_the_standard():
    content = Content(
        title="关于项目的意见", to="市城市管理局", mark="中心文件", signer="中心", on=date(2026, 3, 2), contact="联系人：郑",
        copies_to=("市府办", "市财政局"), printer="中心办公室",
        blocks=[Para("正文。\n第二段。"), Annex("清单"), Para("附件正文。")],
    )  # fmt: skip
    assert [(part.style, part.text) for part in parts(content, "中〔2026〕3号")] == [
        ("mark", "中心文件"),
        ("number", "中〔2026〕3号"),
        ("rule", ""),
        ("title", "关于项目的意见"),
        ("to", "市城市管理局："),
        ("p", "正文。"),
        ("p", "第二段。"),
        ("attached", "附件：清单"),
        ("signer", "中心"),
        ("date", "2026年3月2日"),
        ("contact", "（联系人：郑）"),
        ("annex", "附件"),
        ("annex-title", "清单"),
        ("p", "附件正文。"),
        ("copies", "抄送：市府办，市财政局。"),
        ("printer", "中心办公室"),
        ("printed", "2026年3月2日印发"),
    ]


def test_headings_and_items_are_numbered_by_the_house():
    blocks = [Heading("甲"), Heading("子", 2), Heading("丑", 2), Heading("细", 3), Heading("乙"), Heading("寅", 2), Items("ab")]
    found = [part.text for part in parts(Content("题", blocks, red=False))]
    assert found == ["题", "一、甲", "（一）子", "（二）丑", "1.细", "二、乙", "（一）寅", "1.a", "2.b"]


def test_several_attachments_are_numbered_and_an_upward_paper_names_its_signer():
    found = {part.style: part.text for part in parts(Content("题", [], approver="林", attachments=["甲", "乙"]), "号")}
    assert (found["attached"], found["attached-more"]) == ("附件：1.甲", "2.乙")
    assert (found["number-left"], found["approver"]) == ("号", "签发人：林")


def test_cells_are_written_as_papers_write_them():
    table = Table(["名称", "金额", "日期", "是否"], [["甲", Decimal("1234.5"), date(2026, 3, 2), True], [None, None, None, None]])
    assert table.rows == (("甲", "1,234.50", "2026年3月2日", "是"), ("—", "—", "—", "—"))
    assert parts(Content("题", [table], red=False))[1].figures == (1,)


def test_a_form_of_two_pairs_in_a_row_ends_with_an_empty_one():
    (_, found) = parts(Content("题", [Fields([("甲", 1), ("乙", 2), ("丙", 3)], across=2)], red=False))
    assert found.rows == (("甲", "1", "乙", "2"), ("丙", "3", "", ""))
    assert found.labels == (0, 2)


def test_signatures_leave_room_for_the_pen():
    assert Signatures(["姓名", "签字"], ["林", ("郑", "已签")]).rows == (("林", ""), ("郑", "已签"))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Table(["甲"], [["1", "2"]]),
        lambda: Table(["甲"], [["1"]], widths=[1, 2]),
        lambda: Signatures(["甲"], [("1", "2")]),
    ],
)
def test_rows_that_do_not_fit_are_refused(wrong):
    with pytest.raises(ValueError, match=r"cells|widths|columns"):
        wrong()


def test_a_long_title_breaks_into_even_lines_where_it_can_be_read():
    title = "某市电子政务中心关于智慧城市综合管理平台升级改造项目预审情况的意见"
    assert title_lines(title) == ["某市电子政务中心关于智慧城市综合管理", "平台升级改造项目预审情况的意见"]
    assert title_lines("关于预审的意见") == ["关于预审的意见"]
    assert max(map(len, title_lines("无" * 100))) <= 19
