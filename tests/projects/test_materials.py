"""Here: documents in their slots: versions, answers, when they lock, whose they are. Not here: what files may be."""

import pytest

from egov_projects.walk import sample_file
from organizations.models import AuditEvent
from projects.errors import Closed, Forbidden, Invalid
from projects.filing import open_draft
from projects.judgement import ProjectFacts
from projects.materials import attach, checklist
from projects.models import Attachment, Material, Project
from projects.transitions import perform


@pytest.fixture
def project(city) -> Project:
    return city.draft()


def hand_in(city, project, code="construction_plan", *, by="applicant", **fields):
    fields = {"upload": sample_file("方案")} | fields
    return attach(project.pk, code, actor=city.users[by], **fields)


def status(project, code):
    return ProjectFacts(project, project.pack).get(f"material.{code}")


def test_versions_count_up_and_the_newest_counts(city, project):
    assert status(project, "construction_plan") == "未提交"
    first = hand_in(city, project, status=Material.FINAL)
    second = hand_in(city, project, status=Material.DRAFT, note="再改改")
    assert (first.version, second.version, second.note) == (1, 2, "再改改")
    assert status(project, "construction_plan") == "草稿"
    assert first.attachment.sha256 == second.attachment.sha256
    assert list(project.materials.values_list("version", flat=True)) == [2, 1]
    events = AuditEvent.objects.filter(action="material:construction_plan").order_by("id")
    assert list(events.values_list("target", flat=True)) == ["construction_plan v1 定稿", "construction_plan v2 草稿"]


def test_other_slots_count_for_themselves(city, project):
    hand_in(city, project)
    assert hand_in(city, project, "feasibility").version == 1


@pytest.mark.parametrize("code", ["related_plan", "related_instruction", "related_minutes", "related_expert_opinion"])
def test_there_is_none_answers_a_slot_that_asks_whether(city, project, code):
    material = hand_in(city, project, code, upload=None, status=Material.NONE)
    assert (material.status, material.attachment) == ("无此件", None)


@pytest.mark.parametrize("code", ["filing_form", "construction_plan", "feasibility", "other", "interim_superior"])
def test_there_is_none_answers_no_other(city, project, code):
    with pytest.raises(Invalid) as error:
        hand_in(city, project, code, upload=None, status=Material.NONE)
    message = "这件材料必须提交,不能选“无此件”。"
    assert error.value.errors == {"status": [{"message": message, "code": "not_optional"}]}


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"upload": None}, {"file": [{"message": "请选择要上传的文件。", "code": "required"}]}),
        ({"status": "终稿"}, {"status": [{"message": "请选择草稿、定稿或无此件。", "code": "invalid_choice"}]}),
        ({"status": "无此件"}, {"status": [{"message": "选“无此件”时不要上传文件。", "code": "not_optional"}]}),
        ({"code": "plan"}, {"code": [{"message": "没有“plan”这一材料。", "code": "unknown"}]}),
    ],
)
def test_what_cannot_be_read_is_an_error_and_leaves_nothing(city, project, fields, errors):
    with pytest.raises(Invalid) as error:
        hand_in(city, project, **{"code": "related_plan"} | fields)
    assert error.value.errors == errors
    assert (Material.objects.count(), Attachment.objects.count()) == (0, 0)


def test_a_slot_locks_with_the_move_that_asked_for_it_and_opens_again(city, project):
    project = city.walker().walk_to(project, "filed")
    with pytest.raises(Closed, match="“建设方案”已随环节锁定;确需更换的,请先办理退回或变更。"):
        hand_in(city, project)
    perform(project.pk, "recall", actor=city.applicant)
    assert hand_in(city, project).version == 2


def test_a_slot_that_no_move_asks_for_stays_open_until_the_project_is_closed(city, project):
    project = city.walker().walk_to(project, "filed")
    assert hand_in(city, project, "other").version == 1
    perform(project.pk, "withdraw", actor=city.applicant, note="不做了")
    with pytest.raises(Closed):
        hand_in(city, project, "other")


def test_a_suspended_project_keeps_its_locks(city, project):
    project = city.walker().walk_to(project, "filed")
    perform(project.pk, "suspend", actor=city.users["gov_office"], note="核查")
    with pytest.raises(Closed):
        hand_in(city, project)


def test_an_office_hands_in_nothing_for_the_unit(city, project):
    with pytest.raises(Forbidden) as error:
        hand_in(city, project, by="gov_office")
    assert error.value.detail == "“建设方案”由市城市管理局提交。"
    assert error.value.extra == {"roles": ["applicant"], "rule": "YQ-3.1-10"}


@pytest.mark.parametrize("by", ["other", "centre", "finance"])
def test_a_draft_that_is_not_theirs_is_not_there(city, project, by):
    with pytest.raises(Project.DoesNotExist):
        hand_in(city, project, by=by)


def test_a_colleague_may(city, project):
    assert hand_in(city, project, by="sibling").recorded_by == city.users["sibling"]


def test_the_checklist_follows_the_kind(city):
    def codes(kind, origin="年度申报"):
        return {
            row["slot"].code for row in checklist(open_draft(actor=city.applicant, name="甲", kind=kind, origin=origin))
        }

    building, operations = codes("新建"), codes("运行维护")
    assert building - operations == {"construction_plan", "feasibility"}
    assert operations - building == {"original_contract", "maintenance_contract"}
    assert codes("新建", "临时申报") - building == {"interim_superior", "interim_government", "interim_funding"}


def test_the_checklist_shows_the_newest_version_and_whether_it_is_open(city, project):
    hand_in(city, project)
    hand_in(city, project, status=Material.DRAFT)
    row = next(row for row in checklist(project) if row["slot"].code == "construction_plan")
    assert (row["material"].version, row["material"].status, row["open"]) == (2, "草稿", True)
