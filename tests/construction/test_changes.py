"""Here: what a change does to baseline and investment, and what its procedure still lacks. Not here: the clauses (scenarios)."""

from decimal import Decimal

import pytest

from construction.changes import amounts_change, approved_changes, open_changes, open_steps, rejected_changes
from construction.models import ChangeRequest
from procurement.amounts import contract_amounts
from projects.errors import Closed, Invalid, Refused
from projects.evidence import EVIDENCE, void
from projects.models import Project, ProjectFlag
from reviews.baseline import approved_items, current_baseline


@pytest.fixture
def walker(city):
    return city.walker()


@pytest.fixture
def project(city) -> Project:
    return city.project("building", "600000.00")


def items(project, **changed) -> list[dict]:
    """The approved items as plain data, the first one changed."""
    rows = [
        {
            "name": item.name,
            "specification": item.specification,
            "quantity": str(item.quantity),
            "unit": item.unit,
            "is_equipment": item.is_equipment,
            "amount": str(item.amount),
        }
        for item in approved_items(project)
    ]
    return [rows[0] | changed, *rows[1:]]


def ask(walker, project, **fields) -> ChangeRequest:
    return walker.record(project, "change_request", fields)[0]


def approve(walker, project, *, signed=(), reviews=("预审",)) -> None:
    for step in reviews:
        walker.record(project, "change_review", {"step": step, "outcome": "同意"})
    for role in signed:
        walker.record(project, "change_signature", role=role)
    walker.record(project, "change_decision")


def test_a_request_changes_nothing_and_an_approval_only_the_total(city, walker, project):
    version = current_baseline(project).version
    wanted = items(project, specification="升级版")
    ask(walker, project, items=wanted, new_total="650000.00")
    project.refresh_from_db()
    assert project.investment == Decimal("600000.00")
    assert current_baseline(project).version == version
    approve(walker, project, signed=("finance", "gov_office"), reviews=("预审", "技术方案审查"))
    project.refresh_from_db()
    assert (project.investment, project.investment_source) == (Decimal("650000.00"), "批准变更")
    assert current_baseline(project).version == version


def test_the_execution_sets_the_new_baseline(walker, project):
    version = current_baseline(project).version
    ask(walker, project, items=items(project, specification="升级版"))
    approve(walker, project, reviews=("预审", "技术方案审查"))
    walker.record(project, "change_execution")
    assert (current_baseline(project).version, current_baseline(project).source) == (version + 1, "变更1")
    assert approved_items(project)[0].specification == "升级版"
    assert project.investment == Decimal("600000.00")


def test_an_execution_without_items_leaves_the_baseline(walker, project):
    version = current_baseline(project).version
    ask(walker, project)
    approve(walker, project)
    walker.record(project, "change_execution")
    assert current_baseline(project).version == version


def test_what_the_procedure_asks_follows_from_what_changes(walker, project):
    first, offices = Decimal(items(project)[0]["amount"]), ["市财政局会审", "市府办会审"]
    plain = ask(walker, project)
    assert (amounts_change(plain), open_steps(plain)) == (False, ["市电子政务中心预审"])
    same_total = ask(walker, project, new_total="600000.00")
    assert open_steps(same_total) == ["市电子政务中心预审"]
    total = ask(walker, project, new_total="600000.01")
    assert open_steps(total) == ["市电子政务中心预审", *offices]
    less = ask(walker, project, new_total="599999.99")
    assert open_steps(less) == ["市电子政务中心预审", *offices]
    specification = ask(walker, project, items=items(project, specification="升级版"))
    assert open_steps(specification) == ["市电子政务中心预审", "市电子政务中心技术方案审查意见"]
    amount = ask(walker, project, items=items(project, amount=str(first - Decimal("0.01"))))
    assert open_steps(amount) == ["市电子政务中心预审", *offices, "市电子政务中心技术方案审查意见"]
    assert [change.number for change in open_changes(project)] == [6, 5, 4, 3, 2, 1]


def test_a_later_no_takes_an_agreement_back(walker, project):
    change = ask(walker, project)
    walker.record(project, "change_review", {"step": "预审", "outcome": "同意"})
    assert open_steps(change) == []
    walker.record(project, "change_review", {"step": "预审", "outcome": "不同意"})
    assert open_steps(change) == ["市电子政务中心预审"]
    with pytest.raises(Refused) as error:
        walker.record(project, "change_decision")
    assert error.value.rules == ["YQ-3.4-14"]


def test_approved_and_rejected_changes_are_told_apart(walker, project):
    ask(walker, project, title="甲")
    approve(walker, project)
    ask(walker, project, title="乙")
    walker.record(project, "change_decision", {"outcome": "不批准", "reason": "没有必要。"})
    ask(walker, project, title="丙")
    walker.record(project, "change_withdrawal")
    ask(walker, project, title="丁")
    walker.record(project, "change_review", {"step": "预审", "outcome": "退回"})
    ask(walker, project, title="戊")
    assert [str(change) for change in approved_changes(project)] == ["变更1 甲"]
    assert [(str(change), change.status) for change in rejected_changes(project)] == [
        ("变更2 乙", "不予批准"),
        ("变更3 丙", "已撤回"),
        ("变更4 丁", "已退回"),
    ]
    assert [str(change) for change in open_changes(project)] == ["变更5 戊"]
    assert approved_changes(project).get().approved_on.isoformat() == "2026-03-02"


def test_a_step_names_its_change_by_number(walker, project):
    ask(walker, project, title="甲")
    ask(walker, project, title="乙")
    review, _ = walker.record(project, "change_review", {"change": 1, "step": "预审"})
    newest, _ = walker.record(project, "change_review", {"step": "预审"})
    assert (review.change.title, newest.change.title) == ("甲", "乙")
    with pytest.raises(Invalid) as error:
        walker.record(project, "change_review", {"change": 3})
    assert list(error.value.errors) == ["change"]


def test_changes_stay_on_file(city, walker, project):
    change = ask(walker, project)
    with pytest.raises(Closed) as error:
        void(project.pk, "change_request", change.pk, actor=city.applicant, reason="不想报告")
    assert error.value.rules == []
    approve(walker, project)
    for name in ("change_review", "change_signature", "change_decision", "change_execution", "contract_amendment"):
        assert EVIDENCE[name].voidable is False
    assert list(approved_changes(project)) == [change]


def test_items_may_not_add_up_to_more_than_the_total(walker, project):
    too_much = items(project, amount="600000.00")
    with pytest.raises(Invalid) as error:
        ask(walker, project, items=too_much)
    assert list(error.value.errors) == ["new_total"]
    with pytest.raises(Invalid) as error:
        ask(walker, project, changes_plan=True)
    assert list(error.value.errors) == ["plan"]
    assert not ChangeRequest.objects.exists()


def test_an_amendment_refers_to_the_newest_change_and_contract(walker, project):
    ask(walker, project)
    approve(walker, project)
    amendment, _ = walker.record(project, "contract_amendment", {"amount": "610000.00"})
    assert (amendment.change.number, amendment.amount) == (1, Decimal("610000.00"))
    assert contract_amounts(project) == {amendment.contract_id: Decimal("610000.00")}
    walker.record(project, "contract_amendment", {"amount": "590000.00"})
    assert contract_amounts(project) == {amendment.contract_id: Decimal("590000.00")}
    ask(walker, project)
    with pytest.raises(Refused) as error:
        walker.record(project, "contract_amendment", {"amount": "620000.00"})
    assert error.value.rules == ["YQ-3.4-15"]


def test_a_flag_stands_from_the_approval_and_clears_with_the_engagement(city):
    walker = city.walker(without=["supervision_engagement"])
    project = walker.walk_to(city.draft("1900000.00"), "building")
    ask(walker, project, new_total="2000000.00")

    def standing() -> bool:
        return ProjectFlag.objects.filter(project=project, rule="YQ-3.6-6", cleared_on=None).exists()

    assert not standing()
    approve(walker, project, signed=("finance", "gov_office"))
    assert standing()
    walker.record(project, "supervision_engagement")
    assert not standing()


def test_changes_close_when_the_acceptance_is_convened(walker, project):
    walker.walk_to(project, "accepting")
    with pytest.raises(Closed):
        ask(walker, project)


def test_every_step_comes_to_the_desk_of_those_whose_turn_it_is(walker, project):
    def turns() -> set[tuple[str, str]]:
        return set(project.duties.filter(kind="task", name__startswith="change_").values_list("role", "name"))

    assert turns() == set()
    ask(walker, project, new_total="650000.00")
    signatures = {("finance", "change_signature"), ("gov_office", "change_signature")}
    assert turns() == {("centre", "change_review")} | signatures
    walker.record(project, "change_review")
    walker.record(project, "change_signature", role="finance")
    assert turns() == {("gov_office", "change_signature")}
    walker.record(project, "change_signature", role="gov_office")
    assert turns() == {("centre", "change_decision")}
    walker.record(project, "change_decision")
    assert turns() == {("applicant", "change_execution")}
    walker.record(project, "change_execution")
    assert turns() == set()


def test_outside_the_scope_an_execution_without_a_change_does_nothing(city, walker):
    funding = [{"source": "自筹", "level": "本单位", "amount": "600000.00"}]
    project = city.project("building", "600000.00", funding=funding)
    version = current_baseline(project)
    execution, _ = walker.record(project, "change_execution")
    assert (execution.change, current_baseline(project)) == (None, version)
