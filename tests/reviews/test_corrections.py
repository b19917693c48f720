"""Here: one letter with every defect, answers point by point, what a second letter may raise. Not here: pages (test_corrections_pages)."""

import pytest

from projects.errors import Forbidden, Invalid
from projects.evidence import EVIDENCE
from projects.models import FilingVersion, Project
from reviews import corrections

OBJECTIVE = {"clause": "YQ-1.2-5", "part": "objective", "content": "目标不清楚", "expected": "写明量化目标"}
ESTIMATE = {"clause": "YQ-1.2-11", "part": "estimate", "content": "明细不足", "expected": "逐项列出设备"}
SHARING = {"clause": "YQ-1.2-6", "part": "shared_data_needed", "content": "补充共享需求"}


@pytest.fixture
def returned(city, desk):
    """Sent back with two defects."""
    project = city.project("filed")
    desk.record(project, "return_letter", defects=[OBJECTIVE, ESTIMATE])
    desk.do(project, "return_filing")
    return project


def states(project) -> list[str]:
    return [point.state for point in corrections.open_round(project).points]


def messages(error, field) -> list[str]:
    return [each["message"] for each in error.value.errors[field]]


def test_a_letter_counts_once_it_is_sent(city, desk):
    project = city.project("filed")
    desk.record(project, "return_letter", defects=[OBJECTIVE])
    assert corrections.open_round(project) is None
    assert [each.sent_on for each in corrections.rounds(project)] == [None]
    desk.record(project, "return_letter", defects=[OBJECTIVE, ESTIMATE])
    desk.do(project, "return_filing")
    current = corrections.open_round(project)
    assert (current.number, str(current.sent_on), len(current.points)) == (1, "2026-03-02", 2)
    assert [(each.part, each.defect.expected) for each in current.points] == [
        ("建设目标(运维目标)", "写明量化目标"),
        ("概算明细", "逐项列出设备"),
    ]


def test_a_letter_of_a_filing_taken_back_was_never_sent(city, desk):
    project = city.project("filed")
    desk.record(project, "return_letter", defects=[OBJECTIVE])
    desk.do(project, "recall", by="applicant")
    desk.do(project, "file", by="applicant")
    desk.record(project, "return_letter", defects=[ESTIMATE])
    desk.do(project, "return_filing")
    assert [point.part for each in corrections.rounds(project) for point in each.points] == ["概算明细"]


def test_filing_again_waits_for_every_answer(returned, desk):
    with pytest.raises(Invalid) as error:
        desk.do(returned, "file", by="applicant")
    assert messages(error, "corrections") == ["一次性告知书第 1、2 项还没有答复,请在“补正答复”中逐项答复后再提交。"]
    desk.record(returned, "defect_answer", by="applicant")
    assert states(returned) == ["已答复", "待答复"]
    with pytest.raises(Invalid, match="第 2 项"):
        desk.do(returned, "file", by="applicant")
    assert FilingVersion.objects.filter(project=returned).count() == 1
    desk.record(returned, "defect_answer", by="applicant")
    assert desk.do(returned, "file", by="applicant") == "filed"


def test_only_the_unit_answers_and_only_the_centre_judges(returned, desk):
    with pytest.raises(Forbidden):
        desk.record(returned, "defect_answer", by="gov_office")
    desk.answer(returned)
    with pytest.raises(Project.DoesNotExist):
        desk.record(returned, "defect_verdict", by="centre")
    desk.do(returned, "file", by="applicant")
    with pytest.raises(Forbidden):
        desk.record(returned, "defect_verdict", by="finance")


def test_an_answer_that_is_not_accepted_waits_again(returned, desk):
    desk.answer(returned)
    desk.do(returned, "file", by="applicant")
    first, second = corrections.unjudged(returned)
    with pytest.raises(Invalid) as error:
        desk.record(returned, "defect_verdict", answer=first.answer.pk, conclusion="不认可")
    assert messages(error, "reason") == ["不认可的,请写明理由。"]
    desk.record(returned, "defect_verdict", answer=first.answer.pk, conclusion="不认可", reason="仍无量化目标")
    desk.record(returned, "defect_verdict", answer=second.answer.pk)
    assert states(returned) == ["待答复", "已认可"]
    desk.record(returned, "defect_answer", by="applicant", text="已写明办件量目标。")
    assert states(returned) == ["已答复", "已认可"]
    with pytest.raises(Invalid) as error:
        desk.record(returned, "defect_answer", by="applicant", defect=second.defect.pk)
    assert messages(error, "defect") == ["这一项已经认可,不必再答复。"]


def test_the_centre_finds_answers_to_judge_on_its_desk(returned, desk):
    desk.answer(returned)
    desk.do(returned, "file", by="applicant")
    mine = returned.duties.filter(role="centre")
    assert "defect_verdict" in mine.values_list("name", flat=True)
    for point in corrections.unjudged(returned):
        desk.record(returned, "defect_verdict", answer=point.answer.pk)
    assert "defect_verdict" not in mine.values_list("name", flat=True)


def test_a_second_letter_may_raise_what_has_changed(returned, desk, city):
    city.walker().record(returned, "filing", {"shared_data_needed": "法人基础信息"})
    desk.answer(returned)
    desk.do(returned, "file", by="applicant")
    late = {"clause": "YQ-1.2-7", "part": "public_facilities", "content": "未说明理由"}
    with pytest.raises(Invalid) as error:
        desk.record(returned, "return_letter", defects=[SHARING, OBJECTIVE, late])
    assert messages(error, "defects") == [
        "第3行 前次告知未提出“YQ-1.2-7”,“利用的公共基础设施”此后没有改动,请写明理由。"
    ]
    desk.record(returned, "return_letter", defects=[SHARING, OBJECTIVE, late | {"late_reason": "审计提出"}])
    desk.do(returned, "return_filing")
    assert [each.number for each in corrections.rounds(returned)] == [2, 1]


def test_a_known_clause_on_another_part_is_new(returned, desk):
    desk.answer(returned)
    desk.do(returned, "file", by="applicant")
    moved = OBJECTIVE | {"part": "business_need"}
    with pytest.raises(Invalid) as error:
        desk.record(returned, "return_letter", defects=[moved])
    assert messages(error, "defects") == ["第1行 前次告知未提出“YQ-1.2-5”,“业务需求”此后没有改动,请写明理由。"]


def test_the_next_letter_begins_with_what_is_not_settled(returned, desk, city):
    desk.answer(returned)
    desk.do(returned, "file", by="applicant")
    first, second = corrections.unjudged(returned)
    desk.record(returned, "defect_verdict", answer=first.answer.pk, conclusion="不认可", reason="仍不清楚")
    desk.record(returned, "defect_verdict", answer=second.answer.pk)
    project = Project.objects.get(pk=returned.pk)
    form = EVIDENCE["return_letter"].form(project=project, actor=city.users["centre"])
    assert form.initial["defects"] == [OBJECTIVE]


def test_a_part_that_does_not_exist_is_told(city, desk):
    with pytest.raises(Invalid) as error:
        desk.record(city.project("filed"), "return_letter", defects=[OBJECTIVE | {"part": "nowhere"}])
    assert messages(error, "defects")[0].startswith("第1行 所在部分:")


@pytest.mark.parametrize("number", [2, 20])
def test_rounds_cost_the_same_for_any_number_of_defects(city, desk, number, django_assert_num_queries):
    project = city.project("filed")
    desk.record(project, "return_letter", defects=[OBJECTIVE] * number)
    desk.do(project, "return_filing")
    desk.record(project, "defect_answer", by="applicant")
    project.pack  # noqa: B018 - the pack is read once per request
    with django_assert_num_queries(5):
        assert len(corrections.rounds(project)[0].points) == number
