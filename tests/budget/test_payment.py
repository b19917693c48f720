"""Here: what may be paid, when and how much. Not here: sums under random play (test_ledger.py)."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from budget.lists import early_payments
from budget.models import Payment
from budget.money import money_of
from projects.errors import Closed, Forbidden, Invalid, Refused
from projects.evidence import void
from projects.instruments import set_parameter
from projects.models import Project, ProjectFlag


def refused(call, *args, **kwargs) -> list[str]:
    """The rules that refuse."""
    with pytest.raises(Refused) as error:
        call(*args, **kwargs)
    return error.value.rules


def allow_progress_payments(city, project, **fields):
    """What finance does to let one project have progress payments."""
    given = {"reason": "合同约定分期付款", "basis": "合同第五条"} | fields
    return set_parameter(
        project.pack, "progress_payment_before_acceptance", True, actor=city.users["finance"],
        jurisdiction_id=project.jurisdiction_id, project=project, **given,
    )  # fmt: skip


CLAUSE = {"contract_clause": "合同第五条第二款", "early_reason": "初验合格后付至六成"}


@pytest.mark.parametrize("state", ["filed", "endorsed", "budgeted"])
@pytest.mark.parametrize("kind", ["设计费", "监理费", "运维经费", "其他"])
def test_nothing_is_paid_before_the_scheme_has_passed(city, put, state, kind):
    """YQ-3.4-7: not even 0.01 for design."""
    assert refused(put, city.project(state), "payment", kind=kind) == ["YQ-3.4-7"]
    assert Payment.objects.count() == 0


def test_construction_money_before_the_scheme_meets_both_clauses(city, put):
    assert refused(put, city.project("budgeted"), "payment", kind="建设资金") == ["YQ-3.4-7", "YQ-3.7-11"]


@pytest.mark.parametrize("kind", ["设计费", "监理费", "运维经费", "其他"])
def test_other_money_flows_once_the_scheme_has_passed(city, put, kind):
    payment, _ = put(city.project("scheme_approved"), "payment", kind=kind)
    assert (payment.amount, payment.kind, payment.before_acceptance) == (Decimal("0.01"), kind, True)


def test_construction_money_waits_for_acceptance(city, put):
    """YQ-3.7-11: refused until accepted, then paid without a flag."""
    assert refused(put, city.project("accepting"), "payment", kind="建设资金") == ["YQ-3.7-11"]
    payment, verdicts = put(city.project("accepted", name="排水监测平台"), "payment", kind="建设资金")
    assert payment.before_acceptance is False
    assert [verdict.rule for verdict in verdicts if verdict.outcome == "flags"] == []
    assert list(early_payments(city.jurisdiction)) == []


def test_a_progress_payment_is_allowed_reasoned_and_listed(city, put):
    """YQ-3.7-11 with the parameter on: refused without clause and reason, flagged and listed with them."""
    project = city.project("contracted")
    allow_progress_payments(city, project)
    assert refused(put, project, "payment", kind="建设资金") == ["YQ-3.7-11"]
    for missing in CLAUSE:
        assert refused(put, project, "payment", kind="建设资金", **{**CLAUSE, missing: ""}) == ["YQ-3.7-11"]
    payment, verdicts = put(project, "payment", kind="建设资金", amount="100.00", **CLAUSE)
    assert [verdict.rule for verdict in verdicts if verdict.outcome == "flags"] == ["YQ-3.7-11"]
    assert list(early_payments(city.jurisdiction)) == [payment]
    flag = ProjectFlag.objects.get(project=project, rule="YQ-3.7-11", cleared_on=None)
    assert flag.reason == "验收通过前拨付的建设资金:2026-03-02 100.00元。"
    void(project.pk, "payment", payment.pk, actor=city.users["finance"], reason="登记有误")
    assert list(early_payments(city.jurisdiction)) == []
    assert not ProjectFlag.objects.filter(project=project, rule="YQ-3.7-11", cleared_on=None).exists()


def test_the_parameter_is_for_one_project_only(city, put):
    first, second = city.project("contracted"), city.project("contracted", name="排水监测平台")
    allow_progress_payments(city, first)
    assert refused(put, second, "payment", kind="建设资金", **CLAUSE) == ["YQ-3.7-11"]


@pytest.mark.parametrize("missing", ["reason", "basis"])
def test_the_parameter_needs_clause_and_reason(city, missing):
    with pytest.raises(Invalid) as error:
        allow_progress_payments(city, city.project("filed"), **{missing: " "})
    assert list(error.value.errors) == [missing]


def test_only_finance_sets_the_parameter(city):
    project = city.project("filed")
    with pytest.raises(PermissionDenied, match="市财政局"):
        set_parameter(
            project.pack, "progress_payment_before_acceptance", True, actor=city.users["centre"],
            jurisdiction_id=project.jurisdiction_id, project=project, reason="甲", basis="乙",
        )  # fmt: skip


def test_only_finance_pays(city, put):
    """YQ-2.1-3."""
    project = city.project("scheme_approved")
    for actor in ("applicant", "gov_office", "centre", "planning", "audit"):
        with pytest.raises(Forbidden) as error:
            put(project, "payment", actor, kind="设计费")
        assert error.value.extra["rule"] == "YQ-2.1-3"
    with pytest.raises(Project.DoesNotExist):
        put(project, "payment", "other", kind="设计费")


@pytest.mark.parametrize("amount", ["0.00", "-0.01", "", "一百", "0.001", "NaN", "500000.01"])
def test_an_amount_that_cannot_be_paid(city, put, amount):
    """Nothing, less, unreadable, or one fen beyond the approved budget."""
    with pytest.raises(Invalid) as error:
        put(city.project("scheme_approved", "500000.00"), "payment", kind="设计费", amount=amount)
    assert list(error.value.errors) == ["amount"]


def test_paid_is_never_more_than_approved(city, put):
    project = city.project("scheme_approved", "500000.00")
    put(project, "payment", kind="设计费", amount="499999.99")
    with pytest.raises(Invalid) as error:
        put(project, "payment", kind="监理费", amount="0.02")
    assert error.value.errors["amount"][0]["message"] == "超出批准预算:还可拨付 0.01 元。"
    last, _ = put(project, "payment", kind="监理费", amount="0.01")
    assert money_of(project)["paid"] == Decimal("500000.00")
    void(project.pk, "payment", last.pk, actor=city.users["finance"], reason="退款")
    assert money_of(project)["paid"] == Decimal("499999.99")


def test_under_contract_paid_is_never_more_than_contracted(city, put):
    project = city.project("accepted", "500000.00", fields={"contract": {"amount": "300000.00"}})
    with pytest.raises(Invalid) as error:
        put(project, "payment", kind="建设资金", amount="300000.01")
    assert error.value.errors["amount"][0]["message"] == "超出合同总额:还可拨付 300,000.00 元。"
    put(project, "payment", kind="建设资金", amount="300000.00")
    put(project, "payment", kind="监理费", amount="200000.00")
    assert money_of(project)["paid"] == Decimal("500000.00")


def test_a_payment_is_voided_with_a_reason(city, put):
    project = city.project("scheme_approved")
    payment, _ = put(project, "payment", kind="设计费", amount="100.00")
    with pytest.raises(Invalid):
        void(project.pk, "payment", payment.pk, actor=city.users["finance"], reason=" ")
    with pytest.raises(Forbidden):
        void(project.pk, "payment", payment.pk, actor=city.applicant, reason="不要了")
    void(project.pk, "payment", payment.pk, actor=city.users["finance"], reason="收款单位有误")
    assert Payment.objects.get(pk=payment.pk).void_reason == "收款单位有误"


def test_no_payment_from_tomorrow(city, put):
    with pytest.raises(Invalid) as error:
        put(city.project("scheme_approved"), "payment", kind="设计费", paid_on="2026-03-03")
    assert list(error.value.errors) == ["paid_on"]


def test_a_draft_is_paid_nothing(city, put):
    with pytest.raises((Closed, Project.DoesNotExist)):
        put(city.draft(), "payment", kind="设计费")
