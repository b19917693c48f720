"""Here: 转办, 加签, 抄送, each within what people may see. Not here: the inbox page (test_board.py)."""

import pytest

from desk import consulting
from desk.audience import offices, people
from desk.consulting import Settled, answer, consult, withdraw
from desk.copying import copy
from desk.handing import hand
from desk.holder import holder
from desk.inbox import done, notices, todo
from desk.models import Consultation, ConsultationAnswer, Copy, Duty, DutyAssignment
from desk.queues import office_queue, person
from organizations.models import AuditEvent, User
from projects.errors import Forbidden, Invalid
from projects.panels import hints
from projects.transitions import options, perform


def office(city, role):
    return office_queue(city.jurisdiction.pk, role)


def told(user, event):
    return list(notices(User.objects.get(pk=user.pk)).filter(event=event).values_list("text", flat=True))


def tasks(user, project):
    return [duty.kind for duty in todo(User.objects.get(pk=user.pk)).filter(project=project).order_by("id")]


@pytest.fixture
def colleague(city):
    return User.objects.create_user("second", password="x", organization=city.offices["centre"], display_name="李二")


@pytest.fixture
def project(city):
    return city.project("filed")


class TestHanding:
    def test_a_duty_goes_to_a_colleague_who_is_told(self, city, project, colleague):
        duty = project.duties.get()
        hand(project, duty.pk, actor=city.users["centre"], taker_id=colleague.pk, note="您熟悉")
        assert (tasks(city.users["centre"], project), tasks(colleague, project)) == ([], ["evidence"])
        assert told(colleague, "hand") == ["市电子政务中心经办把“受理登记”转给您办理:您熟悉"]
        assert DutyAssignment.objects.get().taker == colleague
        assert AuditEvent.objects.filter(action="hand", actor=city.users["centre"], project_id=project.pk).exists()

    def test_it_can_be_given_back_to_the_office(self, city, project, colleague):
        duty = project.duties.get()
        hand(project, duty.pk, actor=city.users["centre"], taker_id=colleague.pk)
        hand(project, duty.pk, actor=colleague, taker_id=None)
        assert tasks(city.users["centre"], project) == tasks(colleague, project) == ["evidence"]

    def test_who_handed_it_over_may_still_act(self, city, project, colleague):
        hand(project, project.duties.get().pk, actor=city.users["centre"], taker_id=colleague.pk)
        city.walker().record(project, "filing_receipt")
        assert not Duty.objects.filter(project=project, name="filing_receipt").exists()

    def test_neither_to_others_nor_what_is_not_ones_own(self, city, project, colleague):
        duty = project.duties.get()
        with pytest.raises(Invalid):
            hand(project, duty.pk, actor=city.users["centre"], taker_id=city.users["finance"].pk)
        with pytest.raises(Forbidden):
            hand(project, duty.pk, actor=city.users["finance"], taker_id=city.users["finance"].pk)
        with pytest.raises(Invalid):
            hand(project, duty.pk, actor=city.users["centre"], taker_id=colleague.pk, note="长" * 501)
        assert Duty.objects.get(pk=duty.pk).assignee is None


class TestConsulting:
    def ask(self, city, project, *roles, mode="all", actor="centre"):
        to = [office(city, role) for role in roles]
        return consult(project, actor=city.users[actor], question="资金是否落实?", to=to, mode=mode)

    def test_whoever_is_asked_finds_it_and_the_asker_is_told(self, city, project):
        asked = self.ask(city, project, "finance")
        assert tasks(city.users["finance"], project) == ["consult"]
        assert told(city.users["finance"], "consult") == [
            "市电子政务中心经办请您就“智慧城管平台”提出意见:资金是否落实?"
        ]
        answer(asked.pk, actor=city.users["finance"], opinion="agree", text="已落实")
        assert tasks(city.users["finance"], project) == []
        assert told(city.users["centre"], "consult.answer") == ["市财政局经办对加签答复“同意”:已落实"]
        assert consulting.of_project(project).get().outcome == "一致同意"

    def test_it_never_stands_in_the_way(self, city, project):
        """The decision has the same verdicts, the asker may still return it, and nobody is said to hold it."""
        centre = city.users["centre"]
        before = [(each.move, len(each.blocking)) for each in options(project, centre)]
        self.ask(city, project, "finance")
        assert [(each.move, len(each.blocking)) for each in options(project, centre)] == before
        assert holder(project) == "市电子政务中心(受理登记)"
        city.walker().prepare(project, "return_filing")
        perform(project.pk, "return_filing", actor=centre, note="请补正")
        assert tasks(city.applicant, project) == ["move"]

    def test_whoever_decides_next_sees_that_opinions_are_out(self, city, project):
        asked = self.ask(city, project, "finance", "planning")
        answer(asked.pk, actor=city.users["planning"], opinion="agree")
        assert hints(project, city.users["centre"]) == [
            "加签“资金是否落实?”还在等市财政局答复。可以等答复,也可以先办理。"
        ]

    def test_all_must_answer_a_hui_qian(self, city, project):
        asked = self.ask(city, project, "finance", "planning")
        answer(asked.pk, actor=city.users["finance"], opinion="disagree", text="未列预算")
        assert Consultation.objects.get().settled_at is None
        answer(asked.pk, actor=city.users["planning"], opinion="agree")
        assert consulting.of_project(project).get().outcome == "有不同意见"

    def test_one_consent_settles_a_huo_qian(self, city, project):
        asked = self.ask(city, project, "finance", "planning", mode="any")
        answer(asked.pk, actor=city.users["planning"], opinion="agree")
        assert consulting.of_project(project).get().outcome == "已获同意"
        assert tasks(city.users["finance"], project) == []
        with pytest.raises(Settled):
            answer(asked.pk, actor=city.users["finance"], opinion="agree")

    def test_a_refusal_in_a_huo_qian_leaves_the_others_their_say_and_writes_no_deed_of_theirs(self, city, project):
        """yudao#939: those who did nothing must not have it among what they did."""
        asked = self.ask(city, project, "finance", "planning", "audit", mode="any")
        answer(asked.pk, actor=city.users["finance"], opinion="disagree", text="不妥")
        assert Consultation.objects.get().settled_at is None
        assert tasks(city.users["planning"], project) == ["consult"]
        assert [done(city.users[role]).count() for role in ("finance", "planning", "audit")] == [1, 0, 0]
        answer(asked.pk, actor=city.users["planning"], opinion="agree")
        assert [done(city.users[role]).count() for role in ("finance", "planning", "audit")] == [1, 1, 0]
        silent = ConsultationAnswer.objects.get(to=office(city, "audit"))
        assert (silent.opinion, silent.by, silent.at) == ("", None, None)

    def test_all_refusals_end_a_huo_qian(self, city, project):
        asked = self.ask(city, project, "finance", "planning", mode="any")
        for role in ("finance", "planning"):
            answer(asked.pk, actor=city.users[role], opinion="disagree", text="不妥")
        assert consulting.of_project(project).get().outcome == "均不同意"

    def test_only_those_asked_answer_once_and_refusing_takes_a_reason(self, city, project):
        asked = self.ask(city, project, "finance", "planning")
        with pytest.raises(Forbidden):
            answer(asked.pk, actor=city.users["tender"], opinion="agree")
        with pytest.raises(Invalid):
            answer(asked.pk, actor=city.users["finance"], opinion="disagree")
        with pytest.raises(Invalid):
            answer(asked.pk, actor=city.users["finance"], opinion="maybe")
        answer(asked.pk, actor=city.users["finance"], opinion="agree")
        with pytest.raises(Forbidden):
            answer(asked.pk, actor=city.users["finance"], opinion="agree")

    def test_the_asker_takes_it_back(self, city, project):
        asked = self.ask(city, project, "finance")
        with pytest.raises(Forbidden):
            withdraw(asked.pk, actor=city.users["finance"])
        withdraw(asked.pk, actor=city.users["centre"])
        assert tasks(city.users["finance"], project) == []
        assert consulting.of_project(project).get().outcome == "已收回"
        with pytest.raises(Settled):
            withdraw(asked.pk, actor=city.users["centre"])

    @pytest.mark.parametrize("to", [[], ["user:999999"], ["office:1:nobody"], ["own"], ["other"], ["finance", "x"]])
    def test_only_readers_of_the_project_are_asked(self, city, project, to):
        named = {
            "own": office(city, "centre"), "other": person(city.users["other"].pk), "finance": office(city, "finance"),
        }  # fmt: skip
        with pytest.raises(Invalid) as error:
            consult(project, actor=city.users["centre"], question="?", to=[named.get(each, each) for each in to])
        assert list(error.value.errors) == ["to"]

    def test_a_draft_is_shown_to_offices_that_see_drafts_only(self, city):
        draft = city.draft()
        assert [each.name for each in offices(draft, city.applicant)] == ["市审计局", "市府办"]
        assert {each.unit for each in people(draft, city.applicant)} == {"市城市管理局", "市审计局", "市府办"}

    def test_strangers_ask_nothing(self, city, project):
        with pytest.raises(Forbidden):
            consult(project, actor=city.users["other"], question="?", to=[office(city, "finance")])


class TestCopying:
    def test_it_appears_in_the_inbox_of_those_it_was_sent_to(self, city, project):
        copy(
            project, actor=city.users["centre"], to=[office(city, "finance"), person(city.applicant.pk)], note="供参考"
        )
        for user in (city.users["finance"], city.applicant):
            assert told(user, "copy") == ["市电子政务中心经办把“智慧城管平台”抄送给您:供参考"]
        assert told(city.users["sibling"], "copy") == []
        assert Copy.objects.count() == 2

    def test_not_to_those_who_may_not_see_it(self, city, project):
        with pytest.raises(Invalid):
            copy(project, actor=city.users["centre"], to=[person(city.users["other"].pk)])
        with pytest.raises(Forbidden):
            copy(project, actor=city.users["other"], to=[office(city, "finance")])
        assert not Copy.objects.exists()


class TestPages:
    def test_a_consultation_from_form_to_answer(self, city, project, client):
        client.force_login(city.users["centre"])
        page = f"/projects/{project.number}/consult/"
        assert "市财政局" in client.get(page).content.decode()
        refused = client.post(page, {"question": "写了很多", "mode": "any"})
        assert refused.status_code == 400 and "写了很多" in refused.content.decode()
        sent = client.post(page, {"question": "写了很多", "mode": "any", "to": [office(city, "finance")]})
        assert (sent.status_code, sent["Location"]) == (302, f"/projects/{project.number}/")
        shown = client.get(f"/projects/{project.number}/").content.decode()
        assert "待答复" in shown and "收回加签" in shown and "您的意见" not in shown
        client.force_login(city.users["finance"])
        assert "您的意见" in client.get(f"/projects/{project.number}/").content.decode()
        path = f"/consultations/{Consultation.objects.get().pk}/answer/"
        wrong = client.post(path, {"opinion": "", "text": "没选意见"})
        assert wrong.status_code == 400 and "没选意见" in wrong.content.decode()
        assert client.post(path, {"opinion": "agree", "text": "可以"}).status_code == 302
        assert "已获同意" in client.get(f"/projects/{project.number}/").content.decode()

    def test_handing_on_and_copying(self, city, project, colleague, client):
        client.force_login(city.users["centre"])
        duty = project.duties.get()
        page = f"/projects/{project.number}/hand/"
        assert "受理登记" in client.get(page).content.decode()
        assert client.post(page, {"duty": duty.pk, "taker": "", "note": "说明"}).status_code == 400
        assert client.post(page, {"duty": duty.pk, "taker": colleague.pk}).status_code == 302
        assert client.post(page, {"duty": duty.pk, "taker": "all"}).status_code == 302
        assert client.post(page, {"duty": "x", "taker": "all"}).status_code == 403
        page = f"/projects/{project.number}/copy/"
        assert client.post(page, {"note": "供参考"}).status_code == 400
        assert client.post(page, {"note": "供参考", "to": [office(city, "audit")]}).status_code == 302
        client.force_login(city.users["audit"])
        assert "供参考" in client.get("/inbox/notices/?kind=copy").content.decode()
        assert "供参考" not in client.get("/inbox/notices/?kind=comment").content.decode()
