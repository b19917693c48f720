"""Here: tender documents, their review item by item, and the notice."""

from datetime import timedelta

import pytest

from organizations import clock
from projects.errors import Forbidden, Invalid, Refused
from projects.evidence import EVIDENCE, record, void
from reviews.baseline import set_baseline
from tests.procurement.conftest import APPROVED, PRINTER, SERVER, SOFTWARE, refused


def test_a_document_waits_for_the_finance_bureau(purchase):
    with pytest.raises(Refused) as error:
        purchase.put("tender_document")
    assert refused(error) == ["YQ-3.5-3"]
    purchase.put("procurement_decision")
    sent = purchase.put("tender_document")
    assert (sent.code, sent.version, sent.received_on) == ("CG1-V1", 1, clock.today())


def test_only_the_tender_office_sends_and_publishes(accepted):
    for name in ("tender_document", "tender_notice"):
        for role in ("applicant", "centre", "finance"):
            with pytest.raises(Forbidden) as error:
                accepted.put(name, role=role)
            assert error.value.extra["rule"] == "YQ-2.1-7"


BLANKS = [
    ("qualification", "YQ-3.5-6", "承建单位资质要求"),
    ("qualification_remark", "YQ-3.5-6", "承建单位资质要求"),
    ("consistency", "YQ-3.5-7", "设备技术指标和内容一致"),
    ("terms", "YQ-3.5-8", "合同付款验收条款"),
    ("payment_terms", "YQ-3.5-8", "付款安排"),
    ("evaluation", "YQ-3.5-9", "评标办法"),
    ("scoring", "YQ-3.5-9", "评分细则"),
]


def test_a_blank_item_is_named(accepted):
    accepted.put("tender_document")
    for blank, rule, label in BLANKS:
        with pytest.raises(Refused) as error:
            accepted.put("tender_review", **{blank: [] if blank == "payment_terms" else ""})
        assert refused(error) == [rule]
        assert label in error.value.verdicts[0].reason


def test_the_open_item_may_stay_blank(accepted):
    accepted.put("tender_document")
    assert accepted.put("tender_review", other="").conclusion == "通过"


def test_passing_contradicts_an_unsuitable_item(accepted):
    accepted.put("tender_document")
    with pytest.raises(Invalid) as error:
        accepted.put("tender_review", scoring="不合适")
    assert list(error.value.errors) == ["conclusion"]
    returned = {"scoring": "不合适", "conclusion": "退回修改"}
    with pytest.raises(Invalid) as error:
        accepted.put("tender_review", **returned)
    assert list(error.value.errors) == ["opinion"]
    assert accepted.put("tender_review", **returned, opinion="价格分过高").pk


DIFFERENT = [
    ([SERVER | {"quantity": "5"}, SOFTWARE, PRINTER], "服务器:数量不同(核准 4,现为 5)"),
    ([SERVER | {"quantity": "3"}, SOFTWARE, PRINTER], "服务器:数量不同(核准 4,现为 3)"),
    ([SERVER | {"specification": "4U"}, SOFTWARE, PRINTER], "服务器:规格不同(核准“2U 双路 32 核”,现为“4U”)"),
    ([SERVER, SOFTWARE], "标签打印机:缺少"),
    ([SERVER, SOFTWARE, PRINTER, {"name": "空调", "quantity": "1"}], "空调:未列入"),
]


def test_a_difference_stands_in_the_way_of_passing(accepted):
    for items, words in DIFFERENT:
        accepted.put("tender_document", items=items)
        assert accepted.fact("procurement.tender_differences") == [words]
        with pytest.raises(Refused) as error:
            accepted.put("tender_review", consistency_remark="已口头说明")
        assert refused(error) == ["YQ-3.5-7"]
        assert words in error.value.verdicts[0].reason
    accepted.put("tender_review", consistency="不合适", conclusion="退回修改", opinion="与核准内容不一致")


def test_an_executed_change_covers_the_difference(accepted):
    new = SERVER | {"specification": "4U"}
    accepted.put("tender_document", items=[new, SOFTWARE, PRINTER])
    assert len(accepted.fact("procurement.tender_differences")) == 1
    set_baseline(accepted.project, [APPROVED[0] | {"specification": "4U"}, *APPROVED[1:]], "变更")
    assert accepted.fact("procurement.tender_differences") == []
    assert accepted.put("tender_review").conclusion == "通过"


def test_shares_add_up(accepted):
    accepted.put("tender_document")
    with pytest.raises(Invalid) as error:
        accepted.put("tender_review", payment_terms=[{"milestone": "验收", "percentage": "99.99"}])
    assert list(error.value.errors) == ["payment_terms"]


def test_payment_before_acceptance_is_flagged_and_acknowledged(accepted):
    accepted.put("tender_document")
    terms = [{"milestone": "预付", "percentage": "30"}, {"milestone": "验收", "percentage": "70"}]
    with pytest.raises(Refused) as error:
        accepted.put("tender_review", payment_terms=terms)
    assert refused(error) == ["YQ-3.5-8"]
    assert "与 YQ-3.7-11 可能冲突" in error.value.verdicts[0].reason
    accepted.put("tender_review", payment_terms=terms, conflict_acknowledged=True)
    assert accepted.flags()["YQ-3.5-8"] == "付款安排在验收前付款(预付30%),与 YQ-3.7-11 可能冲突。"


def test_payment_from_acceptance_on_is_not_flagged(accepted):
    accepted.chain("tender_document", "tender_review")
    assert "YQ-3.5-8" not in accepted.flags()


def test_maintenance_may_be_paid_before_acceptance(city):
    project = city.project("procuring", kind="运行维护")
    terms = [{"milestone": "进度", "percentage": "100"}]
    walker = city.walker()
    walker.record(project, "procurement_decision")
    walker.record(project, "tender_document")
    walker.record(project, "tender_review", {"payment_terms": terms})
    assert not project.flags.filter(rule="YQ-3.5-8").exists()


def test_a_notice_needs_exactly_the_version_that_passed(accepted):
    accepted.put("tender_document")
    with pytest.raises(Refused) as error:
        accepted.put("tender_notice")
    assert refused(error) == ["YQ-3.5-4"]
    accepted.put("tender_review")
    assert accepted.fact("procurement.passed_version") == "CG1-V1"
    accepted.put("tender_document", remark="答疑后修改")
    assert accepted.fact("procurement.passed_version") is None
    for version in ("CG1-V1", "CG1-V2"):
        with pytest.raises(Refused) as error:
            accepted.put("tender_notice", document=version)
        assert refused(error) == ["YQ-3.5-4"]
    accepted.chain("tender_review", "tender_notice")
    assert accepted.fact("procurement.notice_version") == "CG1-V2"


def test_a_returned_version_is_not_published(accepted):
    accepted.put("tender_document")
    accepted.put("tender_review", conclusion="退回修改", opinion="补充评分细则")
    with pytest.raises(Refused) as error:
        accepted.put("tender_notice")
    assert refused(error) == ["YQ-3.5-4"]


def test_a_voided_review_does_not_count(accepted):
    accepted.put("tender_document")
    review = accepted.put("tender_review")
    void(accepted.project.pk, "tender_review", review.pk, actor=accepted.city.users["centre"], reason="误录")
    with pytest.raises(Refused) as error:
        accepted.put("tender_notice")
    assert refused(error) == ["YQ-3.5-4"]


def test_a_notice_before_the_review_is_refused(accepted):
    accepted.chain("tender_document", "tender_review")
    with pytest.raises(Refused) as error:
        accepted.put("tender_notice", published_on=(clock.today() - timedelta(days=1)).isoformat())
    assert refused(error) == ["YQ-3.5-4"]
    with pytest.raises(Invalid) as error:
        accepted.put("tender_notice", published_on=(clock.today() + timedelta(days=1)).isoformat())
    assert list(error.value.errors) == ["published_on"]


def test_a_replaced_version_is_not_reviewed_any_more(accepted):
    accepted.chain("tender_document", "tender_document")
    with pytest.raises(Invalid) as error:
        accepted.put("tender_review", document="CG1-V1")
    assert list(error.value.errors) == ["document"]


def test_a_method_without_notice(approved):
    approved.put("procurement_application", method="单一来源", method_reason="唯一供应商")
    approved.city.walker().prepare(approved.project, "apply_procurement")
    approved.move("apply_procurement")
    approved.put("procurement_decision")
    assert approved.outcome("sign_contract", "YQ-3.5-4") == "not_applicable"
    assert approved.outcome("sign_contract", "YQ-3.6-2") == "not_applicable"
    approved.put("tender_document")
    with pytest.raises(Invalid) as error:
        approved.put("tender_notice")
    assert list(error.value.errors) == ["document"]
    approved.put("contract")
    approved.move("sign_contract")


def test_another_projects_document_cannot_be_chosen(accepted):
    accepted.put("tender_document")
    other = accepted.city.project("procuring", name="另一项目")
    data = EVIDENCE["tender_review"].example(accepted.project)
    with pytest.raises(Invalid) as error:
        record(other.pk, "tender_review", data, actor=accepted.city.users["centre"])
    assert list(error.value.errors) == ["document"]
