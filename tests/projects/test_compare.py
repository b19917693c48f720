"""Here: 各地对照, one project under every regulation. Not here: what each asks (test_whatif)."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from policies.loader import available, load
from projects.comparison import Compare, compare
from projects.whatif_answer import answer

DAY = date(2024, 3, 1)


def columns(**given):
    form = Compare(given)
    assert form.is_valid(), form.errors
    return {each.pack.code: each for each in compare(form, on=DAY)}


def test_every_regulation_answers_as_it_does_alone():
    found = columns(investment="2000000.00")
    assert sorted(found) == available()
    for code, column in found.items():
        pack = load(code)
        facts = {
            "project.kind": pack.kinds[0], "project.origin": pack.origins[0], "project.investment": Decimal("2000000.00"),
        }  # fmt: skip
        assert column.total == len(answer(pack, facts, on=DAY).lines)


def test_the_lines_and_the_side_of_the_amount():
    drawn = columns(investment="1500000.00")["yueqing-2015"].drawn
    assert [(bound.words, passed) for bound, passed in drawn] == [("达到 100 万元", True), ("达到 200 万元", False)]
    assert [passed for _, passed in columns()["yueqing-2015"].drawn] == [None, None]


def test_a_kind_is_chosen_for_each_regulation():
    found = columns(**{"kind-yueqing-2015": "运行维护"})
    assert found["yueqing-2015"].kind == "运行维护" and "试运行" not in found["yueqing-2015"].route
    assert found["zhucheng-2020"].kind == load("zhucheng-2020").kinds[0]


@pytest.mark.parametrize(("amount", "outside"), [("99999.99", True), ("100000.00", False)])
def test_a_regulation_that_leaves_the_project_out_asks_nothing_and_says_so(client, db, amount, outside):
    column = columns(investment=amount)["mianyang-2020"]
    assert (column.outside, column.total == 0) == (outside, outside)
    assert column.query.startswith("pack=mianyang-2020&on=2024-03-01&kind=")
    page = client.get("/compare/", {"investment": amount}).content.decode()
    assert ("不在适用范围" in page) is outside
    assert "来源只有第一条至第七条" in page
    alone = client.get("/whatif/", {"pack": "mianyang-2020", "investment": amount}).content.decode()
    assert ("的适用范围之内,没有要求" in alone) is outside


def test_the_page_needs_no_login_and_gives_a_sheet(client, db):
    page = client.get("/compare/", {"investment": "2000000.00", "on": "2026-03-02"})
    shown = page.content.decode()
    assert page.status_code == 200 and "诸政办发〔2020〕4号" in shown and "有效期已于 2025-11-23 届满" in shown
    sheet = client.get("/compare/", {"investment": "2000000.00", "format": "xlsx"})
    rows = list(load_workbook(BytesIO(sheet.content)).worksheets[0].values)
    assert rows[0][0] == "项目" and len(rows[0]) == 1 + len(available())
    assert [row[0] for row in rows[1:6]] == ["建设性质", "申报来源", "经过的环节", "状态路线", "投资额门槛"]


@pytest.mark.parametrize("given", [{"investment": "一百"}, {"on": "2026-02-30"}, {"kind-yueqing-2015": "拆除"}])
def test_wrong_input_is_said_and_kept(client, db, given):
    page = client.get("/compare/", given)
    assert page.status_code == 400 and 'role="alert"' in page.content.decode()
