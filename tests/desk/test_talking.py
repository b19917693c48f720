"""Comments and 催办, each within what people may see."""

from datetime import date

import pytest

from desk.inbox import notices
from desk.talking import NotNow, comment, comments, urge
from organizations import clock
from projects.errors import Forbidden, Invalid


def said(project, user):
    return [each.text for each in comments(project, user)]


def test_offices_may_talk_among_themselves(city):
    project = city.project("filed")
    comment(project, actor=city.applicant, text="材料已齐")
    comment(project, actor=city.users["centre"], text="内部核对", offices_only=True)
    assert said(project, city.users["finance"]) == ["内部核对", "材料已齐"]
    assert said(project, city.applicant) == ["材料已齐"]
    assert said(project, city.users["other"]) == []


def test_the_unit_cannot_hide_a_remark_and_strangers_cannot_speak(city):
    project = city.project("filed")
    with pytest.raises(Forbidden):
        comment(project, actor=city.applicant, text="x", offices_only=True)
    with pytest.raises(Forbidden):
        comment(project, actor=city.users["other"], text="x")


def test_only_readers_can_be_mentioned_and_they_are_told(city):
    project = city.project("filed")
    with pytest.raises(Invalid):
        comment(project, actor=city.applicant, text="请看", mentions=[city.users["other"].pk])
    with pytest.raises(Invalid):
        comment(project, actor=city.users["centre"], text="请看", mentions=[city.applicant.pk], offices_only=True)
    comment(project, actor=city.applicant, text="请看", mentions=[city.users["centre"].pk])
    told = notices(city.users["centre"]).filter(event="comment").values_list("text", flat=True)
    assert list(told) == ["市城市管理局经办在留言中提到您:请看"]


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "a\x00b"])
def test_a_remark_says_something_of_bearable_length(city, text):
    with pytest.raises(Invalid):
        comment(city.draft(), actor=city.applicant, text=text)


def test_urging_reaches_the_holder_once_a_day(city):
    project = city.project("filed")
    assert urge(project, actor=city.applicant) == [f"office:{city.jurisdiction.pk}:centre"]
    assert notices(city.users["centre"]).filter(event="urge").count() == 1
    with pytest.raises(NotNow):
        urge(project, actor=city.users["finance"])
    with clock.at(date(2026, 3, 3)):
        urge(project, actor=city.applicant)
    assert notices(city.users["centre"]).filter(event="urge").count() == 2


def test_nobody_urges_the_own_desk_or_a_foreign_project(city):
    with pytest.raises(NotNow):
        urge(city.draft(), actor=city.applicant)
    with pytest.raises(Forbidden):
        urge(city.project("filed"), actor=city.users["other"])


@pytest.mark.parametrize(
    "text, told",
    [
        ("@市财政局经办 请核对", {"finance"}),
        ("请@市财政局经办、＠市审计局经办看一下", {"finance", "audit"}),
        ("@市教育局经办 看不到本项目", set()),
        ("@市电子政务中心经办 是我自己", set()),
        ("邮箱 a@b.cn", set()),
    ],
)
def test_names_after_an_at_sign_are_mentioned(city, text, told):
    project = city.project("filed")
    comment(project, actor=city.users["centre"], text=text)
    heard = {role for role, user in city.users.items() if notices(user).filter(event="comment").exists()}
    assert heard == told


def test_offices_among_themselves_mention_no_unit(city):
    project = city.project("filed")
    said = comment(project, actor=city.users["centre"], text="@市城市管理局经办", offices_only=True)
    assert not said.mentions.exists()


def test_a_refused_remark_comes_back_with_its_text(city, client):
    project = city.project("filed")
    client.force_login(city.applicant)
    path = f"/projects/{project.number}/comments/"
    refused = client.post(path, {"text": "字" * 2001})
    assert refused.status_code == 400 and "字" * 2001 in refused.content.decode()
    sent = client.post(path, {"text": "好"})
    assert (sent.status_code, sent["Location"]) == (302, f"/projects/{project.number}/#comments")
