"""Here: awards, the contract register, and the move that hangs on it."""

from datetime import timedelta

import pytest

from organizations import clock
from projects.errors import Invalid, Refused
from projects.evidence import void
from projects.parties import CONTRACTOR, parties
from tests.procurement.conftest import refused

OTHER = {"firm_name": "乙公司", "firm_credit_code": "91330382MA2B7K5P6E"}


@pytest.fixture
def noticed(accepted):
    accepted.chain("tender_document", "tender_review", "tender_notice")
    return accepted


def sign(purchase):
    purchase.city.walker(without={"contract", "award", "tender_notice", "procurement_decision"}).prepare(
        purchase.project, "sign_contract"
    )
    purchase.move("sign_contract")


def test_nothing_on_file(purchase):
    with pytest.raises(Refused) as error:
        purchase.move("sign_contract")
    assert {"YQ-3.5-3", "YQ-3.6-5"} <= set(refused(error))
    assert not {"YQ-3.5-4", "YQ-3.6-2"} & set(refused(error))


def test_each_step_of_a_tender_is_asked_for_in_turn(accepted):
    seen = []
    for name in ("tender_document", "tender_review", "tender_notice", "award", "contract"):
        with pytest.raises(Refused) as error:
            accepted.move("sign_contract")
        ours = [
            each for each in error.value.verdicts if each.blocks and each.rule in ("YQ-3.5-4", "YQ-3.6-2", "YQ-3.6-5")
        ]
        seen.append([(each.rule, each.remedy) for each in ours])
        accepted.put(name)
    assert seen == [
        [("YQ-3.5-4", "tender_document"), ("YQ-3.6-2", "tender_notice"), ("YQ-3.6-5", "contract")],
        [("YQ-3.5-4", "tender_review"), ("YQ-3.6-2", "tender_notice"), ("YQ-3.6-5", "contract")],
        [("YQ-3.6-2", "tender_notice"), ("YQ-3.6-5", "contract")],
        [("YQ-3.6-2", "award"), ("YQ-3.6-5", "contract")],
        [("YQ-3.6-5", "contract")],
    ]
    sign(accepted)
    assert accepted.project.state == "contracted"


def test_a_contract_needs_an_accepted_application(purchase):
    with pytest.raises(Refused) as error:
        purchase.put("contract")
    assert refused(error) == ["YQ-3.6-2", "YQ-3.6-3"]


def test_a_contract_without_tender_needs_acceptance_only(approved):
    approved.put("procurement_application", method="询价")
    approved.city.walker().prepare(approved.project, "apply_procurement")
    approved.move("apply_procurement")
    with pytest.raises(Refused) as error:
        approved.put("contract")
    assert refused(error) == ["YQ-3.6-3"]
    approved.put("procurement_decision")
    assert approved.put("contract").number


def test_an_acceptance_taken_back_is_noticed_at_the_move(noticed):
    noticed.chain("award", "contract")
    decision = noticed.put("procurement_decision", application="CG1")
    first = type(decision).objects.exclude(pk=decision.pk).get()
    for each in (decision, first):
        void(noticed.project.pk, "procurement_decision", each.pk, actor=noticed.city.users["finance"], reason="误录")
    with pytest.raises(Refused) as error:
        noticed.move("sign_contract")
    assert "YQ-3.6-3" in refused(error)


def test_an_award_of_a_tender_follows_a_notice(accepted):
    accepted.chain("tender_document", "tender_review")
    with pytest.raises(Refused) as error:
        accepted.put("award")
    assert refused(error) == ["YQ-3.6-2"]


def test_an_award_waits_for_the_finance_bureau(purchase):
    with pytest.raises(Refused) as error:
        purchase.put("award")
    assert refused(error) == ["YQ-3.5-3", "YQ-3.6-2"]


def test_the_supplier_is_the_winner(noticed):
    noticed.put("award", firm_name="甲公司")
    for firm in (OTHER, {"firm_name": "乙公司"}, {"firm_credit_code": OTHER["firm_credit_code"]}):
        with pytest.raises(Refused) as error:
            noticed.put("contract", **firm)
        assert refused(error) == ["YQ-3.6-2"]
        assert "中标单位 甲公司" in error.value.verdicts[0].reason
    noticed.put("contract", firm_name="甲 公司")


def test_one_of_several_winners_is_enough(noticed):
    noticed.put("award", amount="300000.00")
    noticed.put("award", **OTHER, amount="200000.00")
    noticed.put("contract", number="HT-1", amount="300000.00")
    noticed.put("contract", number="HT-2", amount="200000.00", **OTHER)
    assert noticed.fact("procurement.contract_total") == 500000
    assert noticed.fact("procurement.contracts_not_with_winner") == []


def test_dates_in_order(noticed):
    yesterday, tomorrow = ((clock.today() + timedelta(days=days)).isoformat() for days in (-1, 1))
    for day in (yesterday, tomorrow):
        with pytest.raises(Invalid) as error:
            noticed.put("award", awarded_on=day)
        assert list(error.value.errors) == ["awarded_on"]
    noticed.put("award")
    for day in (yesterday, tomorrow):
        with pytest.raises(Invalid) as error:
            noticed.put("contract", signed_on=day)
        assert list(error.value.errors) == ["signed_on"]


IMPOSSIBLE = {"firm_credit_code": "91330300MA2A1B2C3X", "amount": "五十万", "application": "CG9"}


def test_what_cannot_be_is_an_error_at_the_field(noticed):
    noticed.put("award")
    for field, value in IMPOSSIBLE.items():
        with pytest.raises(Invalid) as error:
            noticed.put("contract", **{field: value})
        assert list(error.value.errors) == [field]


def test_a_contract_number_stands_once(noticed):
    noticed.chain("award")
    first = noticed.put("contract", number="HT-1")
    with pytest.raises(Invalid) as error:
        noticed.put("contract", number=" HT-1 ")
    assert list(error.value.errors) == ["number"]
    void(noticed.project.pk, "contract", first.pk, actor=noticed.city.applicant, reason="填错")
    assert noticed.fact("procurement.contract_total") is None
    assert noticed.put("contract", number="HT-1").pk


def test_no_start_without_contract(noticed):
    noticed.chain("award")
    contract = noticed.put("contract")
    sign(noticed)
    void(noticed.project.pk, "contract", contract.pk, actor=noticed.city.applicant, reason="解除")
    noticed.city.walker(without={"contract"}).prepare(noticed.project, "start")
    with pytest.raises(Refused) as error:
        noticed.move("start")
    assert refused(error) == ["YQ-3.6-5"]
    noticed.put("contract", number="HT-2")
    noticed.city.walker().prepare(noticed.project, "start")
    noticed.move("start")
    assert noticed.project.state == "building"


def test_contracts_above_the_budget_are_flagged_with_both_figures(noticed):
    noticed.chain("award")
    noticed.put("contract", number="HT-1", amount="300000.00")
    noticed.put("contract", number="HT-2", amount="200000.00")
    assert "YQ-3.6-5" not in noticed.flags()
    noticed.put("contract", number="HT-3", amount="0.01")
    assert noticed.flags()["YQ-3.6-5"] == "合同总额 500,000.01 元高于批准预算 500,000.00 元。"
    sign(noticed)
    assert noticed.project.state == "contracted"


def test_winner_and_supplier_are_contractors(noticed):
    noticed.put("award", firm_name="甲公司")
    noticed.put("contract", firm_name="甲公司")
    names = [(each.name, each.credit_code) for each in parties(noticed.project) if each.role == CONTRACTOR]
    assert names == [("甲公司", "91330300MA2A1B2C35")]
