"""Here: applications against the approved items, and the finance bureau's answer."""

import pytest

from projects.errors import Closed, Forbidden, Invalid, Refused
from projects.evidence import record, void
from reviews.baseline import set_baseline
from tests.procurement.conftest import APPROVED, PRINTER, SERVER, SOFTWARE, refused


def line(item: dict, **fields) -> dict:
    return item | {"budget_amount": "1000.00"} | fields


def test_the_example_applies_for_everything_approved(approved):
    saved = approved.put("procurement_application")
    assert [(each.name, each.quantity, each.budget_amount) for each in saved.items.all()] == [
        ("服务器", 4, 200000), ("应用软件开发", 1, 299920), ("标签打印机", 1, 80),
    ]  # fmt: skip
    assert saved.code == "CG1"
    assert approved.fact("procurement.applied_total") == 500000


def test_procurement_is_not_applied_for_without_an_application(approved):
    approved.city.walker(without={"procurement_application"}).prepare(approved.project, "apply_procurement")
    with pytest.raises(Refused) as error:
        approved.move("apply_procurement")
    assert refused(error) == ["YQ-3.5-3"]


BEYOND = [
    ([line(SERVER), line({"name": "空调", "quantity": "1"})], "“空调”不在核准内容清单内"),
    ([line(SERVER, quantity="4.01")], "服务器:数量超出(核准 4,现为 4.01)"),
    ([line(SERVER, quantity="2"), line(SERVER, quantity="3")], "服务器:数量超出(核准 4,现为 5)"),
    ([line(SERVER, specification="4U")], "服务器:规格不同(核准“2U 双路 32 核”,现为“4U”)"),
    ([line(SERVER, specification="")], "服务器:规格不同(核准“2U 双路 32 核”,现为“”)"),
]


def test_an_item_beyond_the_approved_list_is_refused(approved):
    for items, words in BEYOND:
        with pytest.raises(Refused) as error:
            approved.put("procurement_application", items=items)
        assert refused(error) == ["YQ-3.5-2"]
        assert words in error.value.verdicts[0].reason
    assert approved.fact("procurement_application.count") == 0


def test_spaces_and_full_width_forms_are_no_difference(approved):
    for specification in ("2U 双路 32 核", "2U双路32核", "2u 双路 32 核"):
        approved.put("procurement_application", items=[line(SERVER, specification=specification, quantity="1.33")])
    assert approved.fact("procurement.specification_differs") == []


def test_quantities_of_several_applications_add_up(approved):
    approved.put("procurement_application", items=[line(SERVER, quantity="3")])
    approved.put("procurement_application", items=[line(SERVER, quantity="1"), line(SOFTWARE)])
    with pytest.raises(Refused) as error:
        approved.put("procurement_application", items=[line(SERVER, quantity="0.01")])
    assert refused(error) == ["YQ-3.5-2"]
    rest = approved.put("procurement_application")
    assert [(each.name, each.quantity) for each in rest.items.all()] == [("标签打印机", 1)]


def test_a_returned_application_frees_its_quantities(purchase):
    purchase.put("procurement_decision", outcome="退回", reason="预算科目有误")
    assert purchase.fact("procurement.applied") is False
    again = purchase.put("procurement_application")
    assert (again.code, again.items.count()) == ("CG2", 3)


def test_a_voided_application_frees_its_quantities(approved):
    saved = approved.put("procurement_application")
    void(approved.project.pk, "procurement_application", saved.pk, actor=approved.city.applicant, reason="填错")
    assert approved.put("procurement_application").code == "CG2"


def test_an_executed_change_is_what_applications_are_compared_with(purchase):
    assert purchase.fact("procurement.quantity_excess") == []
    set_baseline(purchase.project, [each | {"quantity": 3} for each in APPROVED[:1]], "变更")
    assert purchase.fact("procurement.quantity_excess") == ["服务器:数量超出(核准 3,现为 4)"]
    assert purchase.fact("procurement.items_not_approved") == ["应用软件开发", "标签打印机"]
    purchase.put("procurement_decision")
    assert purchase.flags()["YQ-3.5-2"] == "核准内容变更后,采购申请与其不一致:应用软件开发、标签打印机。"


def test_only_the_finance_bureau_answers_and_gives_its_reason(purchase):
    for role in ("applicant", "centre", "tender", "gov_office"):
        with pytest.raises(Forbidden) as error:
            purchase.put("procurement_decision", role=role)
        assert error.value.extra["rule"] == "YQ-3.5-3"
    with pytest.raises(Invalid) as error:
        purchase.put("procurement_decision", outcome="退回", reason=" ")
    assert list(error.value.errors) == ["reason"]


def test_applications_open_with_the_approved_scheme(city):
    project = city.project("scheme_filed")
    with pytest.raises(Closed):
        record(project.pk, "procurement_application", {}, actor=city.applicant)


def test_a_quantity_that_is_none_is_an_error_at_the_table(approved):
    for quantity in ("0", "-1", "", "一", "1.005"):
        with pytest.raises(Invalid) as error:
            approved.put("procurement_application", items=[line(PRINTER, quantity=quantity)])
        assert list(error.value.errors) == ["items"]
