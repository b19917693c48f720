"""Here: opening drafts, their numbers, the yearly notice, and what a filing keeps. Not here: whether it may be filed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from egov_projects.walk import submit
from organizations import clock
from organizations.models import AuditEvent, Jurisdiction, Organization, User
from policies.vocabulary import FACTS
from projects.errors import Closed, Invalid, Refused
from projects.filing import next_number, open_draft, publish_batch
from projects.listing import FISCAL, NOT_FISCAL, filtered
from projects.models import FilingBatch, Project, ProjectFlag
from projects.transitions import perform

NOTICE = {
    "title": "2028年度申报通知",
    "calendar_year": 2027,
    "opens_on": date(2027, 8, 3),
    "closes_on": date(2027, 9, 15),
}
GOOD = {"name": "智慧城管", "kind": "新建", "origin": "年度申报"}


def test_a_draft_belongs_to_the_unit_of_whoever_opens_it(city):
    project = open_draft(actor=city.applicant, name="  智慧城管  ", kind="新建", origin="年度申报")
    project.refresh_from_db()
    assert (project.number, project.name, project.state) == ("YQ-2026-0001", "智慧城管", "draft")
    assert (project.department, project.created_by, project.pack_code) == (city.unit, city.applicant, "yueqing-2015")
    assert (project.ledger_length, project.ledger_head, project.investment) == (0, "", None)
    event = AuditEvent.objects.get(action="project.open")
    assert (event.target, event.project_id, event.actor) == ("YQ-2026-0001", project.pk, city.applicant)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "请填写项目名称(不超过200字)。"),
        ("name", "   ", "请填写项目名称(不超过200字)。"),
        ("name", "长" * 201, "请填写项目名称(不超过200字)。"),
        ("name", "甲\x00乙", "请填写项目名称(不超过200字)。"),
        ("kind", "", "建设性质请在“新建、扩建、升级改造、运行维护”中选择。"),
        ("kind", "改建", "建设性质请在“新建、扩建、升级改造、运行维护”中选择。"),
        ("origin", "补报", "申报来源请在“年度申报、临时申报、大型基建子项目”中选择。"),
    ],
)
def test_what_cannot_be_read_is_an_error_at_its_field(city, field, value, message):
    with pytest.raises(Invalid) as error:
        open_draft(actor=city.applicant, **GOOD | {field: value})
    assert {name: [one["message"] for one in each] for name, each in error.value.errors.items()} == {field: [message]}
    assert Project.objects.count() == 0


def test_a_name_of_two_hundred_characters_fits(city):
    assert open_draft(actor=city.applicant, **GOOD | {"name": "长" * 200}).name == "长" * 200


def test_an_administrator_without_a_unit_opens_nothing(city):
    boss = User.objects.create_superuser("boss", password="x")
    with pytest.raises(PermissionDenied):
        open_draft(actor=boss, **GOOD)


def test_numbers_count_up_within_the_year_and_over_ten_thousand(city):
    assert [open_draft(actor=city.applicant, **GOOD).number for _ in range(2)] == ["YQ-2026-0001", "YQ-2026-0002"]
    Project.objects.filter(number="YQ-2026-0002").update(number="YQ-2026-9999")
    assert next_number(city.jurisdiction, "YQ") == "YQ-2026-10000"
    Project.objects.filter(number="YQ-2026-0001").update(number="YQ-2026-10000")
    assert next_number(city.jurisdiction, "YQ") == "YQ-2026-10001"
    with clock.at(date(2027, 1, 1)):
        assert open_draft(actor=city.applicant, **GOOD).number == "YQ-2027-0001"


def test_the_notice_is_published_by_the_governing_office_alone(city):
    batch = publish_batch(actor=city.users["gov_office"], **NOTICE)
    assert (batch.published_on, batch.published_by) == (date(2026, 3, 2), city.users["gov_office"])
    assert (batch.plan_year, batch.jurisdiction) == (2028, city.jurisdiction)
    for other in ("centre", "finance", "applicant", "audit"):
        with pytest.raises(PermissionDenied, match="年度申报通知由市府办发布"):
            publish_batch(actor=city.users[other], **NOTICE)
    assert FilingBatch.objects.filter(title=NOTICE["title"]).count() == 1


def test_a_window_that_ends_before_it_begins_is_an_error(city):
    with pytest.raises(Invalid) as error:
        publish_batch(actor=city.users["gov_office"], **NOTICE | {"closes_on": date(2027, 8, 2)})
    assert error.value.errors == {"closes_on": [{"message": "截止日期不能早于开始日期。", "code": "order"}]}


@pytest.mark.parametrize(
    ("day", "is_open"),
    [(date(2027, 8, 2), False), (date(2027, 8, 3), True), (date(2027, 9, 15), True), (date(2027, 9, 16), False)],
)
def test_a_window_holds_both_its_ends(city, day, is_open):
    assert publish_batch(actor=city.users["gov_office"], **NOTICE).is_open(day) is is_open


def test_a_window_is_not_open_before_the_notice_is_out(city):
    batch = publish_batch(actor=city.users["gov_office"], **NOTICE | {"published_on": date(2027, 8, 10)})
    assert (batch.is_open(date(2027, 8, 9)), batch.is_open(date(2027, 8, 10))) == (False, True)


def test_the_batch_presets_the_plan_year(city):
    project = open_draft(actor=city.applicant, **GOOD)
    submit(project, "filing", {"batch": city.batch.pk}, actor=city.applicant)
    project.refresh_from_db()
    assert project.plan_year == 2027
    submit(project, "filing", {"plan_year": 2026, "batch": city.batch.pk}, actor=city.applicant)
    project.refresh_from_db()
    assert project.plan_year == 2026


def test_a_partial_save_leaves_the_rest_and_replaces_only_the_tables_sent(city):
    project = city.draft("500000.00")
    submit(project, "filing", {"objective": "新目标"}, actor=city.applicant)
    project.refresh_from_db()
    assert (project.objective, project.declared_total, project.estimate.count()) == ("新目标", Decimal("500000.00"), 2)
    submit(project, "filing", {"funding": []}, actor=city.applicant)
    assert (project.funding.count(), project.estimate.count()) == (0, 2)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "改建"), ("declared_total", "68万"), ("categories", ["网络"]), ("estimate", "很多"),
        ("batch", "999999"), ("serves", "1e3"), ("plan_year", "-1"), ("name", ""), ("objectiv", "x"),
    ],
)  # fmt: skip
def test_a_filing_that_cannot_be_read_changes_nothing(city, field, value):
    project = city.draft("500000.00")
    with pytest.raises(Invalid) as error:
        submit(project, "filing", {"objective": "改了", field: value}, actor=city.applicant)
    assert set(error.value.errors) == {field}
    project.refresh_from_db()
    assert project.objective == "业务全程网上办理,群众少跑腿。"


def test_a_filing_names_no_project_of_another_unit(city):
    foreign = open_draft(actor=city.users["other"], **GOOD)
    project = city.draft()
    with pytest.raises(Invalid) as error:
        submit(project, "filing", {"serves": foreign.pk}, actor=city.applicant)
    assert set(error.value.errors) == {"serves"}


def test_after_filing_it_is_closed_citing_the_clause(city):
    project = city.project("filed")
    with pytest.raises(Closed) as error:
        submit(project, "filing", {"kind": "扩建"}, actor=city.applicant)
    assert error.value.rules == ["YQ-1.1-3"]


def test_a_contract_of_the_served_system_counts_as_handed_in(city):
    """YQ-3.1-13: either contract, or one already in the register of the system that is served."""
    without = ["original_contract", "maintenance_contract"]
    served = city.project("procuring")
    project = city.draft("100000.00", kind="运行维护", name="运维", serves=served.pk)
    assert FACTS["filing.served_contract"].answer(project) is False
    with pytest.raises(Refused) as error:
        city.walker(without).prepare(project, "file")
        perform(project.pk, "file", actor=city.applicant)
    assert error.value.rules == ["YQ-3.1-13"]
    city.walker().walk_to(served, "contracted")
    project = Project.objects.get(pk=project.pk)
    assert FACTS["filing.served_contract"].answer(project) is True
    perform(project.pk, "file", actor=city.applicant)
    assert set(project.materials.values_list("code", flat=True)) & set(without) == set()


def test_projects_without_fiscal_money_are_listed_by_themselves(city):
    """YQ-1.1-1; a draft whose money is not known yet is in neither list."""
    fiscal = city.draft("900000.01", funding=[
        {"source": "自筹", "amount": "900000.00"}, {"source": "财政补助", "amount": "0.01"},
    ])  # fmt: skip
    own = city.draft("900000.00", funding=[{"source": "自筹", "amount": "900000.00"}])
    open_draft(actor=city.applicant, **GOOD)
    assert list(filtered(Project.objects.all(), {"funding": FISCAL})) == [fiscal]
    assert list(filtered(Project.objects.all(), {"funding": NOT_FISCAL})) == [own]
    assert filtered(Project.objects.all(), {"funding": ""}).count() == 3


def test_a_unit_of_another_place_has_its_own_flags(city):
    """YQ-0-1: the flag stands from the first day of the draft of a unit that the notice was only copied to."""
    place = Jurisdiction.objects.create(code="else", name="别处", pack="yueqing-2015")
    copied = Organization.objects.create(jurisdiction=place, name="某法院", type="copied")
    user = User.objects.create_user("court", password="x", organization=copied)
    project = open_draft(actor=user, **GOOD)
    assert set(ProjectFlag.objects.filter(project=project).values_list("rule", flat=True)) == {"YQ-0-1", "YQ-2.2-1"}
