"""Here: the open page 义务查询: figures, what a line adds, the address to share, the sheet. Not here: the rules (tests/policies)."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook

from policies.loader import load
from policies.obligations import obligations
from projects.whatif_answer import COLUMNS, amounts, answer

DAY = date(2026, 3, 2)
ASKED = {"pack": "yueqing-2015", "kind": "新建", "investment": "2000000.00", "origin": "年度申报", "on": "2026-03-02"}
AT_TWO_MILLION = {
    ("YQ-3.4-11", "要求"), ("YQ-3.4-18", "提示"), ("YQ-3.6-6", "要求"), ("YQ-3.6-8", "资金"), ("YQ-3.6-9", "要求"),
    ("YQ-3.6-10", "要求"), ("YQ-3.7-3", "要求"), ("YQ-3.7-4", "要求"), ("YQ-3.7-5", "要求"), ("YQ-3.7-6", "要求"),
}  # fmt: skip


def asked(amount: str | None, kind="新建"):
    facts = {"project.kind": kind, "project.origin": "年度申报"}
    facts |= {} if amount is None else {"project.investment": Decimal(amount)}
    return answer(load("yueqing-2015"), facts, on=DAY)


def of(lines) -> set[tuple[str, str]]:
    return {(line.asked.rule, line.sort) for line in lines}


def test_the_lines_come_from_the_pack():
    assert amounts(load("yueqing-2015")) == [Decimal("1000000.00"), Decimal("2000000.00")]


@pytest.mark.parametrize(
    ("amount", "below", "above"),
    [
        ("999999.99", None, "1000000.00"),
        ("1000000.00", "1000000.00", "2000000.00"),
        ("1999999.99", "1000000.00", "2000000.00"),
        ("2000000.00", "2000000.00", None),
        (None, None, None),
    ],
)
def test_the_neighbouring_lines_of_an_amount(amount, below, above):
    found = asked(amount)
    assert (found.below and found.below.line) == (below and Decimal(below))
    assert (found.above and found.above.line) == (above and Decimal(above))


def test_what_is_new_at_a_line_and_marked_in_its_stage():
    found = asked("2000000.00")
    assert of(found.below.more) == AT_TWO_MILLION and found.below.less == ()
    assert of(line for line in found.lines if line.new) == AT_TWO_MILLION
    assert of(asked("1999999.99").above.more) == AT_TWO_MILLION
    assert of(asked("1000000.00").below.more) == {("YQ-3.4-4", "要求"), ("YQ-3.4-5", "资金")}


def test_maintenance_needs_no_supervision_at_any_amount():
    assert "YQ-3.6-6" not in {rule for rule, _ in of(asked("2000000.00", "运行维护").below.more)}


def test_the_figures_add_up_to_what_the_book_asks():
    found = asked("2000000.00")
    facts = {"project.kind": "新建", "project.origin": "年度申报", "project.investment": Decimal("2000000.00")}
    book = obligations(load("yueqing-2015"), facts, on=DAY)
    assert len(found.lines) == len(book) == sum(each["count"] for each in found.totals)
    assert sum(each["depends"] for each in found.totals) == sum(each.applies is None for each in book)
    by_sort = {each["sort"]: each["count"] for each in found.totals}
    assert by_sort["材料"] == sum(each.what == "material" for each in book)
    assert by_sort["时限"] == sum(each.what == "deadline" for each in book)
    for stage in found.stages:
        assert sum(count for _, count in stage.counts) == len(stage.lines)


def test_the_page_needs_no_login_and_tells_everything(client, db):
    body = client.get("/whatif/", ASKED).content.decode()
    found = client.get("/whatif/", ASKED).context["answer"]
    for each in found.totals:
        assert f"{each['count']} {each['unit']}" in body
    for line in found.lines:
        assert line.asked.rule in body
    assert "投资 2,000,000.00 元(200.00 万元) · 新建 · 年度申报" in body
    assert "过线新增" in body and "5个工作日" in body


def test_the_address_can_be_shared(client, db):
    first = client.get("/whatif/", ASKED | {"format": "", "junk": "x"})
    shared = urlsplit(first.context["address"])
    assert {name: value[0] for name, value in parse_qs(shared.query).items()} == ASKED
    again = client.get(f"{shared.path}?{shared.query}")
    assert of(again.context["answer"].lines) == of(first.context["answer"].lines)
    nearer = client.get("/whatif/", ASKED | {"investment": "1500000"})
    assert client.get("/whatif/" + nearer.context["next_line"]).context["answer"].below.line == Decimal("2000000.00")


def test_the_sheet_has_a_row_per_obligation(client, db):
    answered = client.get("/whatif/", ASKED | {"format": "xlsx"})
    assert answered["Content-Disposition"] == 'attachment; filename="obligations-yueqing-2015.xlsx"'
    rows = list(load_workbook(BytesIO(answered.content)).active.iter_rows(values_only=True))
    lines = asked("2000000.00").lines
    assert list(rows[0]) == COLUMNS and len(rows) == len(lines) + 1
    assert [row[7] for row in rows[1:]] == [line.asked.rule for line in lines]
    assert sum(row[10] == "是" for row in rows[1:]) == len(AT_TWO_MILLION)


def test_what_cannot_be_read_is_said_at_the_field_and_kept(client, db):
    for query in ({"investment": "两百万"}, {"pack": "nowhere"}, {"on": "2026-02-30"}):
        answered = client.get("/whatif/", ASKED | query | {"format": "xlsx"})
        assert answered.status_code == 400
        [[name, value]] = query.items()
        assert name in answered.context["form"].errors and "answer" not in answered.context
        assert answered.context["form"][name].value() == value


def test_before_the_regulation_there_is_nothing_to_do(client, db):
    body = client.get("/whatif/", ASKED | {"on": "2014-12-31"}).content.decode()
    assert "还没有施行" in body and "过线新增" not in body


def test_the_path_follows_the_kind(client, db):
    stages = client.get("/whatif/", ASKED).context["stages_of_route"]
    assert stages == ["申报", "预审", "预算", "评审", "采购", "建设", "验收", "绩效"]
