"""Here: an instrument of a place above that takes a project over while it is a draft. Not here: that instrument's rules."""

import pytest

from organizations.models import AuditEvent, Jurisdiction, Office, Organization, User
from projects.claims import claim_on, verdicts
from projects.errors import Forbidden, NotOffered
from projects.evidence import record
from projects.forms import FilingForm
from projects.models import Project
from projects.scope import AT_HOME, looks, visible_projects
from projects.transitions import perform
from projects.waivers import decide_waiver, request_waiver
from projects.workspace import notices

CENTRAL = [
    {"source": "上级财政", "level": "中央", "amount": "300000.00"},
    {"source": "本级财政", "level": "市级", "amount": "200000.00"},
]
LOCAL = [{"source": "本级财政", "level": "市级", "amount": "500000.00"}]


@pytest.fixture
def commission(city) -> User:
    """国家发展改革委 as `centre` above a province above the city."""
    national = Jurisdiction.objects.create(code="national", name="国家", pack="national-2007")
    province = Jurisdiction.objects.create(code="province", name="示范省", pack="sichuan-provincial", parent=national)
    Jurisdiction.objects.filter(pk=city.jurisdiction.pk).update(parent=province)
    unit = Organization.objects.create(jurisdiction=national, name="国家发展改革委")
    Office.objects.create(jurisdiction=national, role="centre", organization=unit)
    return User.objects.create_user("commission", password="x", organization=unit, display_name="委")


def fund(city, project, lines: list[dict]) -> Project:
    """The unit enters where the money comes from."""
    record(project.pk, "filing", {"funding": lines}, actor=city.applicant)
    return Project.objects.get(pk=project.pk)


def test_a_draft_with_central_money_comes_under_the_national_instrument_and_back_without(city, commission):
    project = city.draft()
    assert (project.pack_code, project.jurisdiction_id) == ("yueqing-2015", city.jurisdiction.pk)
    project = fund(city, project, CENTRAL)
    assert (project.pack_code, project.jurisdiction.code) == ("national-2007", "national")
    assert (project.kind, project.origin, project.batch) == ("新建", "单位申请", None)
    (told,) = notices(project, city.applicant)
    assert told.text.startswith(
        "本项目适用《国家电子政务工程建设项目管理暂行办法》(发展改革委令第55号 第二条,GJ-A2-1),由国家发展改革委等办理;"
    )
    project = fund(city, project, LOCAL)
    assert (project.pack_code, project.jurisdiction_id) == ("yueqing-2015", city.jurisdiction.pk)
    changes = AuditEvent.objects.filter(action="project.claimed", project_id=project.pk).values_list(
        "target", flat=True
    )
    assert sorted(changes) == ["national-2007>yueqing-2015", "yueqing-2015>national-2007"]


def test_while_the_money_is_unknown_nothing_is_decided_and_nothing_filed(city, commission):
    project = fund(city, city.draft(), [])
    assert project.pack_code == "yueqing-2015"
    (undecided,) = verdicts(project)
    assert (undecided.rule, undecided.blocks) == ("GJ-A2-1", True)
    assert notices(project, city.applicant)[0].text.startswith("填好资金来源后,才能判断是否适用")


def test_a_kind_that_the_instrument_does_not_know_is_chosen_anew(city, commission):
    project = fund(city, city.draft(), CENTRAL)
    Project.objects.filter(pk=project.pk).update(kind="运行维护")
    (unknown,) = verdicts(Project.objects.get(pk=project.pk))
    assert unknown.reason.endswith("建设性质请在“新建、改建、扩建、升级改造”中选择。")
    form = FilingForm(project=Project.objects.get(pk=project.pk), actor=city.applicant)
    assert form.fields["kind"].choices[0] == ("", "请选择")  # no page presses another kind on the unit


def test_the_offices_above_act_and_those_of_the_city_only_read(city, commission):
    project = fund(city, city.draft(), CENTRAL)
    city.walker().walk_to(project, "filed")
    project = Project.objects.get(pk=project.pk)
    assert visible_projects(commission).get() == project
    centre = city.users["centre"]
    assert visible_projects(centre).get() == project
    assert looks(centre, project) == AT_HOME
    with pytest.raises(Forbidden, match=r"属地查阅.*国家的主管部门办理"):
        perform(project.pk, "endorse", actor=centre)
    perform(project.pk, "return_filing", actor=commission, note="请补充")
    project.refresh_from_db()
    assert project.state == "draft"
    assert not visible_projects(centre).exists()


def test_an_exception_asked_under_the_former_instrument_waits_for_nobody(city, commission):
    project = city.draft()
    waiver = request_waiver(project.pk, "YQ-3.4-11", actor=city.applicant, reason="规模小", basis="测试文号")
    fund(city, project, CENTRAL)
    with pytest.raises(NotOffered):
        decide_waiver(waiver.pk, actor=commission, grant=True)


def test_without_places_above_nothing_is_asked(city, django_assert_num_queries):
    project = Project.objects.select_related("jurisdiction", "department").get(pk=city.draft().pk)
    with django_assert_num_queries(0):
        assert claim_on(project) is None
