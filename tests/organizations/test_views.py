"""Here: the pages about oneself, one's unit and one's delegations. Not here: sign-in."""

from datetime import date

import pytest

from organizations import clock
from organizations.models import AuditEvent, Delegation, Post

DAY = date(2026, 3, 10)
PROFILE = {
    "leader_name": "王明",
    "leader_post": "副局长",
    "leader_phone": "0577-61880001",
    "liaison_name": "李华",
    "liaison_post": "科员",
    "liaison_phone": "13800000000",
}


@pytest.fixture
def clerk(person, bureau, client):
    user = person("li", bureau)
    client.force_login(user)
    return user


@pytest.mark.parametrize("page", ["/profile/", "/unit/", "/delegations/", "/password/"])
def test_a_stranger_is_led_to_sign_in(client, db, page):
    assert client.get(page)["Location"] == f"/login/?next={page}"


def test_the_unit_page_completes_the_profile(client, clerk, bureau):
    """YQ-2.2-1: the reminder shows until all six entries are there."""
    assert "未登记齐全" in client.get("/unit/").content.decode()
    assert client.post("/unit/", PROFILE)["Location"] == "/unit/"
    bureau.refresh_from_db()
    assert bureau.profile_complete is True
    assert "未登记齐全" not in client.get("/unit/").content.decode()
    event = AuditEvent.objects.get(action="unit_profile_changed")
    assert (event.actor, event.target) == (clerk, "市教育局")
    assert event.detail == {"before": dict.fromkeys(PROFILE, ""), "after": PROFILE}


def test_saving_without_a_change_records_nothing(client, clerk):
    client.post("/unit/", dict.fromkeys(PROFILE, ""))
    assert AuditEvent.objects.filter(action="unit_profile_changed").count() == 0


def test_the_unit_page_changes_nothing_else(client, clerk, bureau, centre):
    client.post("/unit/", PROFILE | {"name": "改名", "active": "", "pk": centre.pk, "credit_code": "x"})
    bureau.refresh_from_db()
    centre.refresh_from_db()
    assert (bureau.name, bureau.active, bureau.credit_code) == ("市教育局", True, None)
    assert centre.leader_name == ""


def test_a_bad_phone_is_refused_at_its_field(client, clerk, bureau):
    response = client.post("/unit/", PROFILE | {"leader_phone": "无"})
    assert list(response.context["form"].errors) == ["leader_phone"]
    assert 'href="#id_leader_phone"' in response.content.decode()
    bureau.refresh_from_db()
    assert bureau.leader_name == ""


@pytest.mark.parametrize("post", [Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN])
def test_administrators_keep_no_unit_and_delegate_nothing(client, person, bureau, post):
    client.force_login(person("admin", bureau, post))
    assert client.get("/unit/").status_code == 404
    assert client.post("/unit/", PROFILE).status_code == 404
    assert client.get("/delegations/").status_code == 403
    assert client.get("/profile/").status_code == 200


def test_the_profile_shows_offices_and_keeps_post_and_unit(client, person, centre, bureau):
    user = person("officer", centre)
    client.force_login(user)
    assert client.get("/profile/").context["role_labels"] == ["电子政务中心"]
    client.post("/profile/", {"phone": "0577-61880009", "email": "a@example.com", "post": "head", "is_staff": "on"})
    user.refresh_from_db()
    assert (user.phone, user.email, user.post, user.is_staff) == ("0577-61880009", "a@example.com", "clerk", False)


def test_hostile_text_is_escaped(client, clerk):
    clerk.display_name = "<script>alert(1)</script>"
    clerk.save()
    page = client.get("/profile/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def delegation(delegate, starts_on="2026-03-10", ends_on="2026-03-12") -> dict:
    return {"delegate": delegate.pk, "starts_on": starts_on, "ends_on": ends_on, "reason": "出差"}


def test_delegate_to_a_colleague(client, clerk, person, bureau):
    colleague = person("wang", bureau)
    with clock.at(DAY):
        assert client.post("/delegations/", delegation(colleague))["Location"] == "/delegations/"
    saved = Delegation.objects.get()
    assert (saved.principal, saved.delegate, saved.created_by) == (clerk, colleague, clerk)
    assert (saved.starts_on, saved.ends_on) == (date(2026, 3, 10), date(2026, 3, 12))
    assert AuditEvent.objects.filter(action="delegation_added", actor=clerk).count() == 1


def test_refused_at_the_form(client, clerk, person, bureau, centre):
    colleague, stranger = person("wang", bureau), person("far", centre)
    with clock.at(DAY):
        for data in (
            delegation(stranger),
            delegation(clerk),
            delegation(colleague, ends_on="2026-03-09", starts_on="2026-03-01"),
            delegation(colleague, ends_on="2026-03-11", starts_on="2026-03-12"),
        ):
            assert client.post("/delegations/", data).context["form"].errors
    assert Delegation.objects.count() == 0


def test_the_chain_is_refused_with_its_reason(client, clerk, person, bureau, delegate_to):
    delegate_to(person("head", bureau, Post.HEAD), clerk)
    with clock.at(DAY):
        response = client.post("/delegations/", delegation(person("wang", bureau)))
    assert "委托人在这段时间里本身是受托人，不能转委托。" in response.content.decode()


def test_taking_back(client, clerk, person, bureau, delegate_to):
    running = delegate_to(clerk, person("wang", bureau), date(2026, 3, 1), date(2026, 3, 31))
    coming = delegate_to(clerk, person("chen", bureau), date(2026, 3, 20), date(2026, 3, 31))
    with clock.at(DAY):
        client.post(f"/delegations/{running.pk}/end/")
        client.post(f"/delegations/{coming.pk}/end/")
    assert list(Delegation.objects.values_list("pk", "ends_on")) == [(running.pk, DAY)]
    assert AuditEvent.objects.filter(action="delegation_ended").count() == 2


def test_nobody_takes_back_what_is_not_theirs_or_is_over(client, clerk, person, bureau, delegate_to):
    foreign = delegate_to(person("head", bureau, Post.HEAD), person("wang", bureau))
    over = delegate_to(clerk, person("chen", bureau), date(2026, 3, 1), date(2026, 3, 9))
    with clock.at(DAY):
        assert client.post(f"/delegations/{foreign.pk}/end/").status_code == 404
        assert client.post(f"/delegations/{over.pk}/end/").status_code == 404
        assert client.get(f"/delegations/{foreign.pk}/end/").status_code == 405
    assert Delegation.objects.count() == 2
