"""Here: joint review, approval and what it settles. Not here: the sheet's own input (test_sheet.py)."""

from datetime import date
from decimal import Decimal

import pytest

from budget.facts import progress, system_result, unsigned_by
from budget.models import BudgetSignature
from organizations import clock
from projects.errors import Closed, Forbidden, Invalid, Refused
from projects.evidence import void
from projects.filing import publish_batch
from projects.models import Project
from projects.transitions import perform

MAIN = ("软件", "软件开发", "500000.00", "500000.00")


@pytest.fixture
def endorsed(city):
    """A project that may be given a budget."""
    return city.project("endorsed", "500000.00")


def refused(call, *args, **kwargs) -> list[str]:
    """The rules that refuse."""
    with pytest.raises(Refused) as error:
        call(*args, **kwargs)
    return error.value.rules


def test_both_offices_sign_the_same_version(city, endorsed, put, sheet):
    """YQ-3.3-2: one fen voids both signatures."""
    put(endorsed, "investment_plan_answer")
    sheet(endorsed, MAIN)
    put(endorsed, "budget_signature", "finance")
    with pytest.raises(Refused) as error:
        put(endorsed, "budget_approval")
    assert error.value.rules == ["YQ-3.3-2"]
    assert error.value.verdicts[0].reason == "现行这一版明细预算尚待市府办会签。"
    put(endorsed, "budget_signature", "gov_office")
    assert (unsigned_by(endorsed), progress(endorsed)) == ([], "待报批")
    sheet(endorsed, ("软件", "软件开发", "500000.00", "499999.99"))
    assert unsigned_by(endorsed) == ["市财政局", "市府办"]
    assert refused(perform, endorsed.pk, "approve_budget", actor=city.users["finance"]) == ["YQ-3.3-2", "YQ-3.3-4"]


def test_nobody_signs_a_version_that_was_replaced(endorsed, put, sheet):
    sheet(endorsed, MAIN)
    sheet(endorsed, MAIN)
    with pytest.raises(Invalid) as error:
        put(endorsed, "budget_signature", version=1)
    assert error.value.errors["version"][0]["message"] == "明细预算已有新的一版,请核对后再会审。"
    signature, _ = put(endorsed, "budget_signature", version=2)
    assert (signature.version, signature.sheet.version) == (2, 2)


def test_a_voided_signature_does_not_count(city, endorsed, put, sheet):
    sheet(endorsed, MAIN)
    signature, _ = put(endorsed, "budget_signature", "gov_office")
    assert unsigned_by(endorsed) == ["市财政局"]
    void(endorsed.pk, "budget_signature", signature.pk, actor=city.users["gov_office"], reason="签错项目")
    assert unsigned_by(endorsed) == ["市财政局", "市府办"]


def test_only_the_two_offices_sign(endorsed, put, sheet):
    sheet(endorsed, MAIN)
    for actor in ("applicant", "centre", "planning", "audit"):
        with pytest.raises(Forbidden) as error:
            put(endorsed, "budget_signature", actor)
        assert error.value.extra["rule"] == "YQ-3.3-2"
    assert BudgetSignature.objects.count() == 0


def test_a_total_alone_is_not_reviewed(endorsed, put):
    """YQ-3.3-3: no lines, or lines nobody reviewed."""
    assert refused(put, endorsed, "budget_signature") == ["YQ-3.3-3"]
    put(
        endorsed, "budget_sheet", "applicant", allocations=[],
        lines=[{"name": "软件", "type": "软件开发", "asked": "500000.00"}],
    )  # fmt: skip
    assert refused(put, endorsed, "budget_signature") == ["YQ-3.3-3"]


@pytest.fixture
def serving(city):
    """Operations of a system that was graded 差, ready for its budget."""
    with clock.at(date(2024, 3, 4)):
        batch = publish_batch(
            actor=city.users["gov_office"], title="2025年度项目申报通知", doc_no="测试文号", calendar_year=2024,
            opens_on=date(2024, 1, 1), closes_on=date(2024, 12, 31),
        )  # fmt: skip
        draft = city.draft("500000.00", name="旧城管平台", batch=batch.pk, plan_year=2025)
        system = city.walker().walk_to(draft, "in_service")
    system = city.walker(fields={"evaluation_result": {"grade": "差"}}).walk_to(system, "evaluated")
    return city.project("endorsed", "300000.00", kind="运行维护", name="城管平台运维", serves=system.pk)


def test_a_poor_result_is_read_before_signing(serving, put):
    """YQ-3.8-7: the system that it serves was graded 差; the amount stays as it is."""
    assert system_result(serving) == "差"
    put(serving, "budget_sheet", results_read=False)
    assert refused(put, serving, "budget_signature") == ["YQ-3.8-7"]
    record, _ = put(serving, "budget_sheet", results_read=True)
    put(serving, "budget_signature")
    assert record.reviewed_total == Decimal("300000.00")


def test_without_a_result_nothing_is_to_be_read(endorsed, put):
    assert system_result(endorsed) is None
    put(endorsed, "budget_sheet", results_read=False)
    put(endorsed, "budget_signature")


def test_the_answer_about_the_investment_plan_is_given_first(city, endorsed, put, sheet):
    sheet(endorsed, MAIN)
    put(endorsed, "budget_signature", "finance")
    put(endorsed, "budget_signature", "gov_office")
    put(endorsed, "budget_approval")
    finance = city.users["finance"]
    assert refused(perform, endorsed.pk, "approve_budget", actor=finance) == ["YQ-3.3-6"]
    put(endorsed, "investment_plan_answer")
    assert perform(endorsed.pk, "approve_budget", actor=finance).target == "budgeted"


def signed(endorsed, put, sheet, *lines):
    """A sheet that both offices signed."""
    sheet(endorsed, *(lines or (MAIN,)))
    put(endorsed, "budget_signature", "finance")
    put(endorsed, "budget_signature", "gov_office")


@pytest.mark.parametrize(
    "fields, ok", [({"doc_no": ""}, False), ({"doc_no": "", "document": "批复"}, True), ({"doc_no": "乐政办〔2026〕9号"}, True)]
)
def test_an_approval_has_a_number_or_a_file(endorsed, put, sheet, fields, ok):
    """YQ-3.3-4."""
    signed(endorsed, put, sheet)
    if ok:
        put(endorsed, "budget_approval", **fields)
        assert progress(endorsed) == "已批复"
    else:
        assert refused(put, endorsed, "budget_approval", **fields) == ["YQ-3.3-4"]


@pytest.mark.parametrize("left_out", ["authority", "approved_on"])
def test_an_approval_names_authority_and_day(endorsed, put, sheet, left_out):
    signed(endorsed, put, sheet)
    with pytest.raises(Invalid) as error:
        put(endorsed, "budget_approval", **{left_out: ""})
    assert list(error.value.errors) == [left_out]


@pytest.mark.parametrize("total", ["499999.99", "500000.01"])
def test_the_approved_total_is_the_reviewed_one(endorsed, put, sheet, total):
    signed(endorsed, put, sheet)
    with pytest.raises(Invalid) as error:
        put(endorsed, "budget_approval", total=total)
    assert list(error.value.errors) == ["total"]


def test_no_approval_from_tomorrow(endorsed, put, sheet):
    signed(endorsed, put, sheet)
    with pytest.raises(Invalid) as error:
        put(endorsed, "budget_approval", approved_on="2026-03-03")
    assert error.value.errors["approved_on"][0]["message"] == "日期不能晚于今天。"
    assert put(endorsed, "budget_approval", approved_on="2026-03-02")[0].approved_on == clock.today()


def test_the_budget_is_not_approved_without_an_approval(city, endorsed, put, sheet):
    put(endorsed, "investment_plan_answer")
    signed(endorsed, put, sheet)
    assert refused(perform, endorsed.pk, "approve_budget", actor=city.users["finance"]) == ["YQ-3.3-4"]


def test_an_approval_of_an_older_version_does_not_do(city, endorsed, put, sheet):
    put(endorsed, "investment_plan_answer")
    signed(endorsed, put, sheet)
    put(endorsed, "budget_approval")
    signed(endorsed, put, sheet)
    assert refused(perform, endorsed.pk, "approve_budget", actor=city.users["finance"]) == ["YQ-3.3-4"]
    put(endorsed, "budget_approval")
    assert perform(endorsed.pk, "approve_budget", actor=city.users["finance"]).target == "budgeted"


def test_only_finance_approves(city, endorsed, put, sheet):
    """YQ-2.1-3."""
    signed(endorsed, put, sheet)
    for actor in ("applicant", "gov_office", "centre", "planning"):
        with pytest.raises(Forbidden) as error:
            put(endorsed, "budget_approval", actor)
        assert error.value.extra["rule"] == "YQ-2.1-3"


def test_an_approval_is_corrected_by_another_never_voided(city, endorsed, put, sheet):
    signed(endorsed, put, sheet)
    approval, _ = put(endorsed, "budget_approval")
    with pytest.raises(Closed):
        void(endorsed.pk, "budget_approval", approval.pk, actor=city.users["finance"], reason="登记有误")


def test_the_approved_total_becomes_the_investment(city, put, sheet):
    """YQ-3.3-5: all years and sources together; it decides thresholds from here on."""
    project = city.project("endorsed", "1050000.00")
    rows = [
        {"year": 2027, "source": "本级财政", "amount": "500000.00"},
        {"year": 2028, "source": "本级财政", "amount": "390000.00"},
        {"year": 2028, "source": "自筹", "amount": "100000.00"},
    ]
    lines = (("软件", "软件开发", "1030000.00", "970000.00"), ("设计", "设计费用", "20000.00", "20000.00"))
    sheet(project, *lines, allocations=rows)
    put(project, "budget_signature", "finance")
    put(project, "budget_signature", "gov_office")
    put(project, "budget_approval")
    project = Project.objects.get(pk=project.pk)
    assert (project.investment, project.investment_source) == (Decimal("990000.00"), "批准预算")


def test_the_default_walk_reaches_the_budget(city):
    project = city.project("budgeted", "2000000.00")
    assert (project.investment, project.investment_source) == (Decimal("2000000.00"), "批准预算")
    assert [passage.role for passage in project.passages.filter(move="approve_budget")] == ["finance"]
