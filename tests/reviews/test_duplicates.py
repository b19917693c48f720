"""Here: finding, judging and merging projects that look alike (YQ-1.2-8). Not here: the measure (test_similarity)."""

import pytest

from projects.errors import Forbidden, Invalid
from projects.evidence import void
from projects.models import ParameterSetting, Project
from reviews import duplicates
from reviews.checklist import example
from reviews.criteria import ITEMS
from reviews.models import DuplicateCandidate, DuplicateSearch
from tests.reviews.conftest import lines

SECOND = "智慧城管平台二期"


@pytest.fixture
def pair(city):
    """Two filings of one unit with similar names, in the order they were filed."""
    return city.project("filed"), city.project("filed", name=SECOND)


def accepted(desk, project):
    desk.record(project, "filing_receipt")
    return project


def test_every_filing_is_searched_at_once_and_keeps_one_row_per_pair(pair):
    first, second = pair
    assert DuplicateSearch.objects.filter(project=first).values_list("status", "compared", "found").get() == (
        "完成",
        0,
        0,
    )
    assert DuplicateSearch.objects.filter(project=second).values_list("status", "compared", "found").get() == (
        "完成",
        1,
        1,
    )
    candidate = DuplicateCandidate.objects.get()
    assert (candidate.first, candidate.second, candidate.similarity, candidate.state) == (first, second, 100, "待判定")
    assert candidate.why == "同一单位;同类:电子政务应用系统;名称相似 100%"


def test_agreeing_without_judging_the_pair_is_refused(desk, pair):
    accepted(desk, pair[1])
    assert desk.refused(desk.record, pair[1], "preliminary_opinion") == ["YQ-1.2-8"]
    assert desk.reason(desk.record, pair[1], "preliminary_opinion").startswith("还有 1 个疑似重复的项目未判定")


def test_a_pair_judged_different_lets_both_go_on(desk, pair):
    desk.record(accepted(desk, pair[1]), "duplicate_judgement", candidate=None, remark="一期已建,二期为新区域")
    desk.record(pair[1], "preliminary_opinion")
    assert desk.do(pair[1], "endorse") == "endorsed"
    desk.record(accepted(desk, pair[0]), "preliminary_opinion")
    assert desk.do(pair[0], "endorse") == "endorsed"


def test_a_judgement_needs_a_remark(desk, pair):
    with pytest.raises(Invalid) as error:
        desk.record(pair[1], "duplicate_judgement", remark="")
    assert list(error.value.errors) == ["remark"]


def test_disagreeing_does_not_wait_for_the_pairs(desk, pair):
    desk.record(accepted(desk, pair[1]), "preliminary_opinion", opinion="不同意")
    assert desk.do(pair[1], "reject") == "rejected"


def test_a_confirmed_duplicate_counts_as_item_3c_unmet(desk, pair):
    desk.record(accepted(desk, pair[1]), "duplicate_judgement", conclusion="重复")
    rows = example(ITEMS)
    assert desk.refused(desk.record, pair[1], "preliminary_opinion", checklist=rows) == ["YQ-1.2-8"]
    unmet = lines(rows, item="3c", conclusion="不符合")
    refused = desk.refused(desk.record, pair[1], "preliminary_opinion", checklist=unmet, reason_despite="")
    assert refused == ["YQ-1.2-12"]
    desk.record(pair[1], "preliminary_opinion", checklist=unmet, reason_despite="重复部分已剔除。")
    assert desk.do(pair[1], "endorse") == "endorsed"


def test_a_pair_confirmed_after_the_opinion_asks_for_a_new_one(desk, pair):
    desk.record(accepted(desk, pair[1]), "duplicate_judgement")
    desk.record(pair[1], "preliminary_opinion")
    desk.record(pair[1], "duplicate_judgement", conclusion="重复")
    assert desk.refused(desk.do, pair[1], "endorse") == ["YQ-1.2-8"]


def test_a_merged_project_cannot_be_agreed_to_and_is_closed_by_the_centre(desk, pair):
    first, second = pair
    assert desk.refused(desk.do, second, "merge") == ["YQ-1.2-8"]
    desk.record(accepted(desk, second), "duplicate_judgement", conclusion="归并", keep="对方项目")
    assert desk.refused(desk.record, second, "preliminary_opinion") == ["YQ-1.2-8"]
    with pytest.raises(Forbidden):
        desk.do(second, "merge", by="finance")
    assert desk.do(second, "merge") == "rejected"
    candidate = DuplicateCandidate.objects.get()
    assert (candidate.state, candidate.survivor) == ("归并", first)
    desk.record(accepted(desk, first), "preliminary_opinion")
    assert desk.do(first, "endorse") == "endorsed"


def test_merging_says_which_project_stays(desk, pair):
    with pytest.raises(Invalid) as error:
        desk.record(pair[1], "duplicate_judgement", conclusion="归并")
    assert list(error.value.errors) == ["keep"]


def test_a_project_that_is_past_review_cannot_be_merged_away(desk, city):
    city.project("endorsed")
    second = city.project("filed", name=SECOND)
    with pytest.raises(Invalid) as error:
        desk.record(second, "duplicate_judgement", conclusion="归并", keep="本项目")
    assert list(error.value.errors) == ["keep"]


def test_a_voided_judgement_leaves_the_pair_waiting(desk, city, pair):
    judged = desk.record(pair[1], "duplicate_judgement")
    assert duplicates.pending(pair[1]).count() == 0
    void(pair[1].pk, "duplicate_judgement", judged.pk, actor=city.users["centre"], reason="误判")
    assert duplicates.pending(pair[1]).count() == 1


def test_a_pair_of_other_projects_cannot_be_judged_here(desk, city, pair):
    third = city.project("filed", name="档案数字化")
    with pytest.raises(Invalid) as error:
        desk.record(third, "duplicate_judgement", candidate=DuplicateCandidate.objects.get().pk)
    assert list(error.value.errors) == ["candidate"]


def test_other_units_count_only_with_a_shared_category(city):
    from projects.filing import open_draft

    def filed(name, categories):
        walker = city.walker()
        draft = open_draft(actor=city.users["other"], name=name, kind="新建", origin="年度申报")
        fields = {"name": name, "batch": city.batch.pk, "plan_year": city.batch.plan_year, "categories": categories}
        walker.record(draft, "filing", fields)
        return walker.walk_to(Project.objects.get(pk=draft.pk), "filed")

    filed("智慧城管平台甲", ["电子政务网络系统"])
    filed("智慧城管平台乙", ["电子政务应用系统", "电子政务网络系统"])
    mine = city.project("filed")
    assert [each.other(mine).name for each in duplicates.candidates(mine)] == ["智慧城管平台乙"]


def test_the_same_aim_under_another_name_is_found(city):
    aim = "建设覆盖全市各镇街的城市事件受理、派遣、处置和考核一体化应用。"
    city.project("filed", name="事件处置应用", objective=aim)
    other = city.project("filed", name="一网统管", objective=aim)
    assert [each.why for each in duplicates.candidates(other)] == ["同一单位;同类:电子政务应用系统;建设目标相似 100%"]


def test_a_search_that_fails_is_unfinished_and_blocks_until_it_succeeds(desk, city):
    setting = ParameterSetting.objects.create(
        jurisdiction=city.jurisdiction, pack_code="yueqing-2015", name="duplicate_similarity", value="六成",
        reason="旧数据", set_by=city.users["centre"], set_at="2026-03-02T09:00:00+08:00",
    )  # fmt: skip
    project = accepted(desk, city.project("filed"))
    assert DuplicateSearch.objects.values_list("status", "problem").get() == ("未完成", "ValueError")
    assert desk.refused(desk.record, project, "preliminary_opinion") == ["YQ-1.2-8"]
    assert desk.reason(desk.record, project, "preliminary_opinion") == "查重未完成,请重新查重。"
    setting.delete()
    assert desk.record(project, "duplicate_search").status == "完成"
    desk.record(project, "preliminary_opinion")
    assert desk.do(project, "endorse") == "endorsed"


def test_a_filing_changed_after_the_judgement_is_judged_again(desk, city, pair):
    second = accepted(desk, pair[1])
    desk.record(second, "duplicate_judgement")
    desk.record(second, "return_letter")
    desk.do(second, "return_filing")
    assert duplicates.pending(pair[0]).count() == 0
    city.walker().record(second, "filing", {"name": "智慧城管平台三期"})
    second.refresh_from_db()
    desk.answer(second)
    desk.do(second, "file", by="applicant")
    assert duplicates.pending(second).count() == 1


def test_a_pair_that_no_longer_looks_alike_is_dropped(desk, city, pair):
    second = pair[1]
    desk.record(second, "return_letter")
    desk.do(second, "return_filing")
    city.walker().record(second, "filing", {"name": "档案数字化"})
    second.refresh_from_db()
    desk.answer(second)
    desk.do(second, "file", by="applicant")
    assert DuplicateCandidate.objects.count() == 0


def test_a_withdrawn_project_is_no_candidate(desk, city, pair):
    desk.do(pair[0], "withdraw", by="applicant")
    assert duplicates.pending(pair[1]).count() == 0


def test_many_pairs_are_walked_through(city):
    for number in range(5):
        city.project("filed", name=f"智慧城管平台{number}期")
    assert city.project("endorsed", name="智慧城管平台").state == "endorsed"
