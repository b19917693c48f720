"""Here: a person's open work going to a colleague. Not here: handing on one duty (test_handing.py)."""

from datetime import date

import pytest

from desk.consulting import consult
from desk.duties import refresh
from desk.handover import hand_over, open_work
from desk.models import ConsultationAnswer, Duty
from desk.queues import person as queue_of
from organizations.models import AuditEvent, Delegation, Post, User
from projects.errors import Invalid
from projects.models import Project


@pytest.fixture
def leaver(city) -> User:
    """Somebody of the unit with a draft, a duty handed to them and a delegation."""
    person, project = city.applicant, city.draft()
    refresh(project)
    project.duties.update(assignee=person)
    Delegation.objects.create(
        principal=person,
        delegate=city.users["sibling"],
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 4, 1),
        reason="假",
    )
    return person


@pytest.fixture
def head(city) -> User:
    return User.objects.create_user("head", password="x", organization=city.unit, post=Post.HEAD, display_name="负责人")


def test_everything_tied_to_the_person_goes_over(city, leaver, head):
    taker = city.users["sibling"]
    assert open_work(leaver).counts == {"duties": 1, "drafts": 1, "questions": 0, "given": 1, "held": 0}
    hand_over(leaver, taker.pk, actor=head)
    assert open_work(leaver).counts["duties"] == open_work(leaver).counts["drafts"] == 0
    assert (Duty.objects.get().assignee, Project.objects.get().created_by) == (taker, taker)
    assert Delegation.objects.get().ends_on == date(2026, 3, 2)
    event = AuditEvent.objects.get(action="handover")
    assert (event.actor, event.target, event.detail["taker"], event.detail["drafts"]) == (
        head,
        "applicant",
        "sibling",
        1,
    )


def test_only_a_colleague_who_is_there_takes_over(city, leaver, head):
    User.objects.filter(username="sibling").update(is_active=False)
    for taker in (city.users["other"].pk, city.users["sibling"].pk, leaver.pk, None):
        with pytest.raises(Invalid):
            hand_over(leaver, taker, actor=head)
    assert Project.objects.get().created_by == leaver


def test_the_head_sees_what_and_an_administrator_only_how_much(client, city, leaver, head):
    client.force_login(head)
    assert "人员交接" in client.get("/profile/").content.decode()
    assert client.get("/handover/").status_code == 200
    path, name = f"/handover/{leaver.pk}/", Project.objects.get().name
    assert name in client.get(path).content.decode()
    root = User.objects.create_user("root", password="x", post=Post.SYSTEM_ADMIN)
    client.force_login(root)
    page = client.get(path).content.decode()
    assert (name in page, "本人创建的草稿" in page) == (False, True)
    assert client.post(path, {"taker": "x"}).status_code == 400
    assert client.post(path, {"taker": city.users["sibling"].pk})["Location"] == path


def test_others_do_not_find_the_page(client, city, leaver):
    stranger = User.objects.create_user("boss", password="x", organization=city.other_unit, post=Post.HEAD)
    for user in (city.users["sibling"], stranger, city.users["gov_office"]):
        client.force_login(user)
        assert client.get(f"/handover/{leaver.pk}/").status_code == 404


def test_a_question_goes_to_the_colleague_with_its_place_in_the_inbox(city, head):
    project, person, taker = city.project("filed"), city.applicant, city.users["sibling"]
    consult(project, actor=city.users["centre"], question="范围对吗?", to=[queue_of(person.pk)])
    assert open_work(person).counts["questions"] == 1
    hand_over(person, taker.pk, actor=head)
    assert ConsultationAnswer.objects.get().to == queue_of(taker.pk)
    assert [duty.holder for duty in Duty.objects.filter(kind=Duty.CONSULT)] == [queue_of(taker.pk)]
