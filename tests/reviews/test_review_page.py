"""Here: the review page: the filing beside the opinion, errors at their item, phrases, the place in the queue."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organizations.models import AuditEvent
from reviews.criteria import CLAUSES, ITEMS
from reviews.models import FilingReceipt, OpinionPhrase, PreliminaryOpinion
from reviews.phrases import TEXT, add, clauses, end, offered
from reviews.sheet import criteria, with_basis

BASIS = {"1a": "温州市规划", "4b": "国家标准", "4c": "等级保护要求"}


@pytest.fixture
def centre(city) -> Client:
    client = Client()
    client.force_login(city.users["centre"])
    return client


@pytest.fixture
def accepted(city, desk):
    """A filing taken in by the centre."""
    project = city.project("filed", name="门户")
    desk.record(project, "filing_receipt")
    return project


def typed(**changes) -> dict:
    """A whole opinion as the page posts it; `changes` by field name."""
    data = {"opinion": "同意", "text": "同意。", "signer": "王主任", "signed_on": "2026-03-02", "results_read": "on"}
    for at, item in enumerate(ITEMS):
        cells = {"item": item, "conclusion": "符合", "basis": BASIS.get(item, ""), "remark": f"{item} 已核对"}
        data |= {f"checklist-{at}-{column}": value for column, value in cells.items()}
    return data | changes


def test_what_was_filed_stands_beside_the_five_criteria(centre, accepted):
    answer = centre.get(f"/review/{accepted.number}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "业务全程网上办理,群众少跑腿。" in page and "500,000.00" in page
    found = answer.context["criteria"]
    assert [(each["number"], [item.code for item in each["items"]]) for each in found] == [
        ("1", ["1a", "1b"]), ("2", ["2a", "2b"]), ("3", ["3a", "3b", "3c"]), ("4", ["4a", "4b", "4c"]), ("5", ["5"]),
    ]  # fmt: skip
    assert found[4]["items"][0].filed == ["申报概算 500,000.00 元,明细 2 行"]


def test_which_items_ask_what_was_relied_on_is_read_off_the_pack(accepted):
    assert with_basis(accepted.pack) == {"1a", "4b", "4c"}


def test_every_item_has_a_clause_of_the_instrument(accepted):
    assert list(CLAUSES) == list(ITEMS)
    assert set(CLAUSES.values()) <= set(accepted.pack.by_id)


def test_the_opinion_is_saved_through_the_door(centre, accepted):
    address = f"/review/{accepted.number}/?queue=0&sort=high"
    answer = centre.post(address, typed())
    assert (answer.status_code, answer.headers["location"]) == (302, address)
    opinion = PreliminaryOpinion.objects.get()
    assert (opinion.opinion, opinion.checklist.count(), opinion.checklist.first().basis) == ("同意", 11, "温州市规划")
    assert "已登记:同意" in centre.get(f"/review/{accepted.number}/").content.decode()


def test_a_refusal_stands_at_its_item_and_nothing_is_lost(centre, accepted):
    answer = centre.post(
        f"/review/{accepted.number}/", typed(**{"checklist-2-remark": "", "checklist-4-remark": "共享可行"})
    )
    assert answer.status_code == 409
    items = {item.code: item for each in answer.context["criteria"] for item in each["items"]}
    assert {code: item.errors for code, item in items.items() if item.errors} == {
        "2a": ["审核项 2a(职能与效能)应有结论和说明。"]
    }
    assert items["3a"].values == {"conclusion": "符合", "basis": "", "remark": "共享可行"}
    assert (PreliminaryOpinion.objects.count(), answer.context["form"]["signer"].value()) == (0, "王主任")


def test_items_without_a_conclusion_are_marked_one_by_one(centre, accepted):
    answer = centre.post(
        f"/review/{accepted.number}/", typed(**{"checklist-3-conclusion": "", "checklist-6-conclusion": ""})
    )
    wrong = [item.code for each in answer.context["criteria"] for item in each["items"] if item.errors]
    assert wrong == ["2b", "3c"]
    assert '<a href="#item-2b">第 2b 项</a> <a href="#item-3c">第 3c 项</a>' in answer.content.decode()


def test_a_missing_reason_stands_at_the_reason(centre, accepted):
    answer = centre.post(f"/review/{accepted.number}/", typed(**{"checklist-3-conclusion": "不符合"}))
    assert answer.context["form"].errors["reason_despite"] == ["有不符合项仍同意的,应写明理由。"]


def test_unreadable_input_is_an_error_at_the_field(centre, accepted):
    answer = centre.post(
        f"/review/{accepted.number}/", typed(signed_on="2026-03-03", **{"checklist-0-conclusion": "也许"})
    )
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["signed_on", "checklist"]
    assert answer.context["criteria"][0]["items"][0].errors != []


def test_without_a_script_a_phrase_is_inserted_and_nothing_saved(centre, accepted):
    sent = typed(insert="checklist-3-remark", signer="") | {"phrase-checklist-3-remark": "目标清楚。"}
    answer = centre.post(f"/review/{accepted.number}/", sent)
    items = {item.code: item for each in answer.context["criteria"] for item in each["items"]}
    assert (answer.status_code, items["2b"].values["remark"]) == (200, "2b 已核对目标清楚。")
    assert (PreliminaryOpinion.objects.count(), items["1a"].values["basis"]) == (0, "温州市规划")
    assert centre.post(f"/review/{accepted.number}/", typed(insert="signer")).status_code == 404


def test_taking_in_from_the_page(centre, city):
    project = city.project("filed")
    answer = centre.post(f"/review/{project.number}/receipt/", {"outcome": "受理", "back": "queue=0&sort=new"})
    assert answer.headers["location"] == f"/review/{project.number}/?queue=0&sort=new"
    assert FilingReceipt.objects.get().outcome == "受理"
    centre.post(f"/review/{project.number}/receipt/", {"outcome": "也许"})
    assert FilingReceipt.objects.count() == 1


def test_the_place_in_the_queue_leads_on(centre, city):
    first, second, third = [city.project("filed", amount, name=name) for name, amount in (
        ("门户", "300000.00"), ("云桌面", "200000.00"), ("视频会议", "100000.00"),
    )]  # fmt: skip
    context = centre.get(f"/review/{second.number}/?sort=high&queue=1").context
    assert context["before"] == f"/review/{first.number}/?sort=high&queue=0"
    assert context["after"] == f"/review/{third.number}/?sort=high&queue=2"
    assert "before" not in centre.get(f"/review/{first.number}/?sort=high&queue=0").context
    for place in ("x", "-1", "99999999"):
        assert "in_queue" not in centre.get(f"/review/{second.number}/", {"queue": place}).context


def test_a_larger_batch_costs_no_more_queries(centre, city):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            centre.get(f"/review/{project.number}/")
        return len(asked)

    project = city.project("filed", name="门户")
    city.project("filed", name="云桌面")
    cost()  # what a session notes at its first page is then on file
    two = cost()
    for name in ("视频会议", "档案数字化", "公文系统", "食堂管理"):
        city.project("filed", name=name)
    assert cost() == two


def test_the_governing_office_reads_and_the_others_do_not(city, accepted):
    client = Client()
    client.force_login(city.users["gov_office"])
    answer = client.get(f"/review/{accepted.number}/")
    assert (answer.status_code, answer.context["may"]) == (200, False)
    for name, status in (("applicant", 403), ("finance", 403), ("other", 404)):
        client.force_login(city.users[name])
        assert client.get(f"/review/{accepted.number}/").status_code == status


def test_phrases_come_from_the_office_the_house_and_the_pack(city, accepted):
    add(city.jurisdiction, "YQ-1.2-5", "目标可以考核。", actor=city.users["centre"])
    found = offered(accepted)
    assert set(found) == {*ITEMS, TEXT}
    assert [(each.source, each.clause) for each in found["2b"]][:3] == [
        ("本单位", "YQ-1.2-5"), ("常用", "YQ-1.2-5"), ("常用", "YQ-1.2-5"),
    ]  # fmt: skip
    assert found["2b"][3].text == "对照要求:建设(运维)目标应明确,业务需求应充分。"
    assert all("{" not in each.text for phrases in found.values() for each in phrases)


def test_the_office_keeps_its_phrases(city, centre, accepted):
    page = centre.post("/review/phrases/", {"clause": "YQ-1.2-5", "text": " 目标可以考核。 "})
    assert page.status_code == 302
    row = OpinionPhrase.objects.get()
    assert (row.text, row.added_by) == ("目标可以考核。", city.users["centre"])
    assert "目标可以考核。" in centre.get(f"/review/{accepted.number}/").content.decode()
    centre.post(f"/review/phrases/{row.pk}/end/")
    row.refresh_from_db()
    assert row.ended_on.isoformat() == "2026-03-02"
    assert "目标可以考核。" not in centre.get(f"/review/{accepted.number}/").content.decode()
    assert list(AuditEvent.objects.filter(action__startswith="phrase").order_by("id").values_list("action", flat=True)) == [
        "phrase.add", "phrase.end",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "text", "field"),
    [("YQ-9", "好。", "clause"), ("YQ-1.2-5", " ", "text"), ("YQ-1.2-5", "长" * 201, "text")],
)
def test_a_phrase_needs_a_clause_and_a_text(centre, clause, text, field):
    answer = centre.post("/review/phrases/", {"clause": clause, "text": text})
    assert (answer.status_code, list(answer.context["errors"]), OpinionPhrase.objects.count()) == (400, [field], 0)
    assert answer.context["typed"]["clause"] == clause


def test_the_same_phrase_is_offered_once_but_may_come_back(city, centre):
    for _ in range(2):
        answer = centre.post("/review/phrases/", {"clause": "YQ-1.2-5", "text": "好。"})
    assert (answer.status_code, answer.context["errors"]) == (400, {"text": "这一条款下已有同样的用语。"})
    end(OpinionPhrase.objects.get(), actor=city.users["centre"])
    assert centre.post("/review/phrases/", {"clause": "YQ-1.2-5", "text": "好。"}).status_code == 302


def test_only_the_centre_keeps_phrases(city, accepted):
    row = add(city.jurisdiction, "YQ-1.2-5", "好。", actor=city.users["centre"])
    client = Client()
    client.force_login(city.users["gov_office"])
    assert client.get("/review/phrases/").status_code == 200
    assert client.post("/review/phrases/", {"clause": "YQ-1.2-5", "text": "差。"}).status_code == 403
    assert client.post(f"/review/phrases/{row.pk}/end/").status_code == 403
    assert ("YQ-3.2-3", "YQ-3.2-3 预审意见(整体)") in clauses(accepted.pack)


def test_an_empty_sheet_has_no_errors(accepted):
    assert [item.errors for each in criteria(accepted, []) for item in each["items"]] == [[]] * 11
