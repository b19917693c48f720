"""Here: e-mail only to those whose turn it is, and each occasion once. Not here: notices inside the application."""

from datetime import date
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from desk.consulting import consult
from desk.letters import write_at_once, write_digests
from desk.models import Mail
from desk.queues import person
from organizations import clock
from organizations.models import User


@pytest.fixture
def readers(city):
    """The centre wants a daily letter, the unit one for each thing, finance none; the sibling has no address."""
    for role, choice in (("centre", "daily"), ("applicant", "each"), ("finance", "never"), ("other", "daily")):
        User.objects.filter(pk=city.users[role].pk).update(email=f"{role}@example.org", mail_choice=choice)
    return city


def out():
    found = [(letter.to[0].split("@")[0], letter.subject) for letter in mail.outbox]
    mail.outbox.clear()
    return found


def test_the_digest_goes_to_those_with_something_to_do_and_once_a_day(readers):
    project = readers.project("filed")
    assert (write_digests(), out()) == (1, [("centre", "今天要办 1 件")])
    assert (write_digests(), out()) == (0, [])
    with clock.at(date(2026, 3, 3)):
        write_digests()
    (letter,) = mail.outbox
    assert f"[已等待 1 天] 受理登记 · 智慧城管平台({project.number})" in letter.body


def test_a_late_thing_is_said_in_the_subject(readers):
    with clock.at(date(2026, 3, 13)):
        project = readers.project("procuring")
        readers.walker().record(project, "tender_document")
    write_digests(date(2026, 3, 24))
    assert ("centre", "今天要办 1 件,1 件已超期") in out()


@pytest.mark.parametrize("day, sent", [(date(2026, 3, 6), 1), (date(2026, 3, 7), 0)])
def test_no_digest_on_a_day_off(readers, day, sent):
    readers.project("filed")
    assert write_digests(day) == sent


def test_a_letter_for_each_thing_goes_out_when_it_arrives(readers, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft = readers.draft()
    assert out() == [("applicant", "待办:提交申报 智慧城管平台")]
    assert (write_at_once(list(draft.duties.values_list("pk", flat=True))), out()) == (0, [])


def test_what_the_broker_held_up_goes_out_with_the_digest(readers):
    readers.draft()
    assert (write_digests(), out()) == (1, [("applicant", "待办:提交申报 智慧城管平台")])
    assert (write_digests(), out()) == (0, [])


def test_being_asked_for_an_opinion_is_ones_turn(readers):
    project = readers.project("filed")
    consult(project, actor=readers.users["centre"], question="资金?", to=[person(readers.applicant.pk)])
    write_digests()
    assert ("applicant", "待办:答复加签 智慧城管平台") in out()


def test_a_letter_that_was_not_taken_is_tried_again(readers, monkeypatch):
    readers.project("filed")

    def away(self, messages):
        raise SMTPServerDisconnected("away")

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", away)
        assert write_digests() == 0
    assert not Mail.objects.exists()
    assert write_digests() == 1


def test_the_command_says_how_many(readers, capsys):
    readers.project("filed")
    call_command("digest", "--on", "2026-03-02")
    call_command("digest", "--on", "2026-03-02")
    assert capsys.readouterr().out == "letters 1\nletters 0\n"


def test_somebody_chooses_on_the_profile_page(city, client):
    client.force_login(city.applicant)
    assert "每日汇总" in client.get("/profile/").content.decode()
    client.post("/profile/", {"phone": "", "email": "a@example.org", "mail_choice": "never"})
    city.applicant.refresh_from_db()
    assert (city.applicant.email, city.applicant.mail_choice) == ("a@example.org", "never")
