"""Here: the pages of the expert pool and of a project's draw: who sees them, what they keep, what they refuse. Not here: the draw."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations.models import AuditEvent
from reviews import panel, scores
from reviews.models import Expert
from tests.reviews.experts import MANY, POOL, fill_pool
from tests.reviews.test_draw import enter, seal, step_back

EXPERT = {
    "name": "倪 海涛",
    "employer": "温州市测评中心",
    "title": "测评师",
    "specialties": "网络安全、造价",
    "phone": "13800000000",
}


@pytest.fixture
def as_(city, client):
    """Sign in as somebody of the city."""

    def sign_in(name):
        client.force_login(city.users[name])
        return client

    return sign_in


def test_the_pool_is_for_three_offices(city, as_):
    fill_pool(city)
    for name, status in {"centre": 200, "gov_office": 200, "audit": 200, "finance": 404, "applicant": 404}.items():
        answer = as_(name).get("/experts/")
        assert answer.status_code == status
        assert ("张维国" in answer.content.decode()) is (status == 200)


def test_the_pool_is_reached_from_the_reviews(as_):
    for office in ("centre", "gov_office"):
        assert 'href="/experts/"' in as_(office).get("/review/").content.decode()
        assert 'href="/experts/"' not in as_(office).get("/projects/").content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=温州大学", ["周海平"]),
        ("q=李", ["李敏"]),
        ("specialty=造价", ["吴秀英", "王建华"]),
        ("specialty=造价&q=联通", ["吴秀英"]),
        ("state=out", ["陈立新"]),
    ],
)
def test_the_pool_is_filtered(city, as_, query, names):
    fill_pool(city)
    Expert.objects.filter(name="陈立新").update(active=False)
    found = as_("centre").get(f"/experts/?{query}").context["rows"]
    assert [row["expert"].name for row in found] == names


def test_the_pool_is_paged_with_the_same_queries(city, as_, django_assert_num_queries):
    page = as_("centre")
    fill_pool(city, POOL[:2])
    page.get("/experts/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        page.get("/experts/")
    fill_pool(city, [(f"专家{at}", f"单位{at}", ["造价"]) for at in range(60)])
    with django_assert_num_queries(len(few)):
        answer = page.get("/experts/")
    assert len(answer.context["rows"]) == 50
    assert len(page.get("/experts/?page=2").context["rows"]) == 12
    assert "page=2" in answer.content.decode()


def test_an_expert_is_added_changed_suspended_and_taken_back(city, as_):
    page = as_("centre")
    answer = page.post("/experts/new/", EXPERT)
    expert = Expert.objects.get()
    assert answer.url == f"/experts/{expert.pk}/"
    assert (expert.name, expert.specialties, expert.jurisdiction) == ("倪海涛", ["网络安全", "造价"], city.jurisdiction)
    assert page.post("/experts/new/", EXPERT).context["form"].non_field_errors() == ["专家库中已有这位专家。"]
    page.post(f"/experts/{expert.pk}/edit/", EXPERT | {"title": "高级测评师"})
    refused = page.post(f"/experts/{expert.pk}/state/", {"active": "0", "reason": " "})
    assert refused.status_code == 400 and "请写明理由。" in refused.content.decode()
    page.post(f"/experts/{expert.pk}/state/", {"active": "0", "reason": "退休"})
    expert.refresh_from_db()
    assert (expert.title, expert.active, expert.suspended_reason) == ("高级测评师", False, "退休")
    page.post(f"/experts/{expert.pk}/state/", {"active": "1", "reason": "返聘"})
    expert.refresh_from_db()
    assert (expert.active, expert.suspended_reason) == (True, "")
    events = AuditEvent.objects.filter(target=str(expert.pk)).order_by("id")
    assert list(events.values_list("action", flat=True)) == [
        "expert.add", "expert.change", "expert.suspend", "expert.restore",
    ]  # fmt: skip
    assert events[1].detail["changed"] == {"title": ["测评师", "高级测评师"]}


def test_who_reads_does_not_write(city, as_):
    expert = fill_pool(city)["李敏"]
    for name, status in (("gov_office", 403), ("applicant", 404)):
        page = as_(name)
        assert page.post("/experts/new/", EXPERT).status_code == status
        assert page.post(f"/experts/{expert.pk}/edit/", EXPERT).status_code == status
        assert page.post(f"/experts/{expert.pk}/state/", {"active": "0", "reason": "试"}).status_code == status
    expert.refresh_from_db()
    assert expert.active and Expert.objects.count() == len(POOL)


def test_the_neighbours_experts_are_not_found(city, as_):
    from tests.conftest import build_city

    abroad = fill_pool(build_city("elsewhere"))["李敏"]
    page = as_("centre")
    assert "李敏" not in page.get("/experts/").content.decode()
    assert page.get(f"/experts/{abroad.pk}/").status_code == 404


def test_the_history_of_an_expert(city, as_):
    fill_pool(city)
    project = city.project("scheme_filed", "2000000.00")
    seal(city, project)
    draw = panel.hold(project.pk, actor=city.users["centre"])
    first, second, _ = (member.expert for member in panel.members(draw))
    step_back(city, project, second)
    shown = as_("audit").get(f"/experts/{first.pk}/")
    assert [each.project for each in shown.context["services"]] == [project]
    left = as_("audit").get(f"/experts/{second.pk}/")
    assert left.context["services"] == [] and "有利害关系" in left.content.decode()


@pytest.fixture
def project(city):
    """A project under review that needs experts, and a pool."""
    fill_pool(city)
    return city.project("scheme_filed", "2000000.00")


def do(page, project, action, **data):
    return page.post(f"/projects/{project.number}/experts/{action}/", data)


def test_a_draw_from_the_first_step_to_the_opinion_on_file(city, project, as_):
    page, here = as_("centre"), f"/projects/{project.number}/experts/"
    assert "依照规定应组织专家评审" in page.get(here).content.decode()
    assert do(page, project, "seal", members=3, substitutes=1, **{"seats:网络安全": 1}).url == here
    sealed = page.get(here).content.decode()
    assert "下一步:抽取专家" in sealed and panel.latest_setup(project).seed not in sealed
    assert page.get(f"{here}draws/1.json").status_code == 404
    assert do(page, project, "hold", on_site="27").url == here
    draw = panel.latest_draw(project)
    members = [member.expert for member in panel.members(draw)]
    done = do(page, project, "step-back", expert=members[0].pk, kind="回避", reason="师生关系")
    assert done.status_code == 302
    sitting = [member.expert for member in panel.members(panel.latest_draw(project))]
    for expert in sitting:
        sheet = {
            "expert": expert.pk,
            "conclusion": "通过",
            "text": "可行",
            "score_4a": "80",
            "score_4b": "81.5",
            "score_4c": "79.25",
        }
        assert do(page, project, "opinion", **sheet).status_code == 302
    body = page.get(here).content.decode()
    assert "80.25" in body and "过半数为“通过”" in body and "不一致" not in body
    form = page.get(reverse("projects:record", args=[project.number, "expert_review"])).context["form"]
    assert form["experts"].value() == "\n".join(each.name for each in sitting)
    assert form["conclusion"].value() == "通过" and "平均得分 80.25 分" in form["opinion"].value()


def test_a_conflict_is_declared_before_anything_is_sealed(city, project, as_):
    page, expert = as_("centre"), Expert.objects.get(name="李敏")
    assert "登记回避或不能参加" in page.get(f"/projects/{project.number}/experts/").content.decode()
    answer = page.post(
        f"/projects/{project.number}/experts/step-back/",
        {"expert": expert.pk, "kind": "回避", "reason": "亲属在承建单位"}, follow=True,
    )  # fmt: skip
    left_out = answer.context["beside"]["left_out"]
    assert [(each["name"], each["reasons"]) for each in left_out] == [("李敏", ["回避:亲属在承建单位"])]


def test_the_file_tells_everything_but_telephone_numbers(city, project, as_):
    Expert.objects.update(phone="13812345678")
    page = as_("centre")
    do(page, project, "seal", members=2, substitutes=0)
    do(page, project, "hold")
    answer = page.get(f"/projects/{project.number}/experts/draws/1.json")
    told = json.loads(answer.content)
    assert set(told) == {
        "format", "setup", "setup_sha256", "seed", "ledger_head", "on_site", "drawn_at", "drawn", "recusals",
    }  # fmt: skip
    assert (told["ledger_head"], len(told["drawn"])) == (project.ledger_head, 2)
    assert "13812345678" not in answer.content.decode()


@pytest.mark.parametrize(
    ("meddle", "wrong"),
    [
        (lambda draw: draw.seats.filter(position=0).update(specialty="造价"), ["名单重新推算", "名单已记入审计日志"]),
        (lambda draw: type(draw).objects.update(on_site="换了"), ["名单重新推算"]),
        (lambda draw: type(draw.sealed).objects.update(digest="0" * 64), ["抽取设定", "设定已先记入审计日志"]),
        (lambda draw: type(draw.sealed).objects.update(seed="0" * 64), ["种子与承诺", "名单重新推算"]),
    ],
)
def test_the_page_tells_when_somebody_meddled_with_the_database(city, project, as_, meddle, wrong):
    fill_pool(city, MANY)
    seal(city, project)
    meddle(panel.hold(project.pk, actor=city.users["centre"]))
    proof = as_("audit").get(f"/projects/{project.number}/experts/").context["proof"]
    assert [each["name"] for each in proof if not each["holds"]] == wrong


def test_errors_stand_at_the_field_and_keep_what_was_typed(project, as_):
    page = as_("centre")
    answer = do(page, project, "seal", members=4, substitutes=0, **{"seats:造价": 3})
    assert answer.status_code == 400
    assert answer.context["setup_form"].errors["members"][0].startswith("“造价”需 3 人")
    assert answer.context["setup_form"]["seats:造价"].value() == "3"
    assert do(page, project, "seal", members="x").status_code == 400
    assert do(page, project, "hold").status_code == 400
    assert do(page, project, "step-back", expert="", reason="").status_code == 400
    assert do(page, project, "opinion", expert="1").status_code == 400
    assert do(page, project, "nonsense").status_code == 404


def test_a_second_draw_is_asked_for_its_reason(project, as_):
    page = as_("centre")
    do(page, project, "seal", members=2, substitutes=0)
    do(page, project, "hold")
    assert do(page, project, "seal", members=2, substitutes=0).status_code == 400
    do(page, project, "seal", members=2, substitutes=0, reason="专家出差")
    body = page.get(f"/projects/{project.number}/experts/").content.decode()
    assert "理由:专家出差" in body and "历次抽取" in body


def test_the_unit_does_not_learn_the_names(city, project, as_):
    seal(city, project)
    draw = panel.hold(project.pk, actor=city.users["centre"])
    names = [member.expert.name for member in panel.members(draw)]
    for who in ("applicant", "finance"):
        page = as_(who)
        assert page.get(f"/projects/{project.number}/experts/").status_code == 404
        assert page.get(f"/projects/{project.number}/experts/draws/1.json").status_code == 404
        assert do(page, project, "hold").status_code == 404
        body = page.get(f"/projects/{project.number}/").content.decode()
        assert not [name for name in names if name in body]
    body = as_("centre").get(f"/projects/{project.number}/").content.decode()
    assert all(name in body for name in names)


def test_the_page_asks_no_more_queries_for_a_larger_pool(city, project, as_, django_assert_num_queries):
    page, here = as_("centre"), f"/projects/{project.number}/experts/"
    page.get(here)
    with CaptureQueriesContext(connection) as few:
        page.get(here)
    fill_pool(city, [(f"专家{at}", f"单位{at}", ["造价"]) for at in range(20)])
    with django_assert_num_queries(len(few)):
        page.get(here)


def test_the_page_asks_no_more_queries_for_a_larger_panel(city, project, as_, django_assert_num_queries):
    fill_pool(city, [(f"专家{at}", f"单位{at}", ["造价"]) for at in range(20)])
    other = city.project("scheme_filed", "2000000.00", name="第二个平台")
    for each, members in ((project, 2), (other, 12)):
        seal(city, each, members=members, substitutes=2)
        draw = panel.hold(each.pk, actor=city.users["centre"])
        for member in panel.members(draw):
            enter(city, each, member.expert, "80", "通过")
        assert scores.summary(draw).missing == 0
    page = as_("centre")
    page.get(f"/projects/{project.number}/experts/")
    with CaptureQueriesContext(connection) as few:
        page.get(f"/projects/{project.number}/experts/")
    with django_assert_num_queries(len(few)):
        page.get(f"/projects/{other.number}/experts/")
