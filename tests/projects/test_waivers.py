"""Here: exceptions: who may ask, who may decide, what nobody may. Not here: what a granted one changes (transitions)."""

import pytest
from django.db import IntegrityError, transaction

from organizations.models import AuditEvent, User
from projects.errors import Forbidden, Invalid, Refused
from projects.models import Project, Waiver
from projects.transitions import options, perform
from projects.waivers import decide_waiver, request_waiver

RULE = "YQ-3.4-11"


@pytest.fixture
def project(city) -> Project:
    return city.project("scheme_filed", "2000000.00", without=["expert_review"])


def ask(city, project, rule=RULE, *, by="applicant", reason="应急抢修", basis="专题会议纪要"):
    return request_waiver(project.pk, rule, actor=city.users[by], reason=reason, basis=basis)


def decide(city, waiver, *, by="centre", grant=True, note=""):
    return decide_waiver(waiver.pk, actor=city.users[by], grant=grant, note=note)


def approve(city, project):
    city.walker(["expert_review"]).prepare(project, "approve_scheme")
    return perform(project.pk, "approve_scheme", actor=city.users["centre"])


def test_a_granted_exception_lets_the_move_through_and_stays_with_it(city, project):
    waiver = decide(city, ask(city, project), note="同意")
    assert (waiver.decision, waiver.decided_by, waiver.decision_note) == ("同意", city.users["centre"], "同意")
    passage = approve(city, project)
    assert passage.waivers == [
        {
            "rule": RULE, "waiver": waiver.pk, "reason": "应急抢修", "basis": "专题会议纪要",
            "decided_by": city.users["centre"].display_name, "decided_on": "2026-03-02",
        }
    ]  # fmt: skip
    assert [each["outcome"] for each in passage.verdicts if each["rule"] == RULE] == ["waived"]
    actions = AuditEvent.objects.filter(action__startswith="waiver.").order_by("id")
    assert list(actions.values_list("action", "target")) == [
        ("waiver.request", RULE),
        ("waiver.decide", f"{RULE} 同意"),
    ]


@pytest.mark.parametrize("decided", [None, False])
def test_a_pending_or_denied_one_changes_nothing(city, project, decided):
    waiver = ask(city, project)
    if decided is not None:
        assert decide(city, waiver, grant=decided).decision == "不同意"
    with pytest.raises(Refused) as error:
        approve(city, project)
    assert error.value.rules == [RULE]


def test_an_exception_is_for_one_project_and_one_rule(city, project):
    decide(city, ask(city, project))
    other = city.project("scheme_filed", "2000000.00", without=["expert_review"], name="另一个")
    with pytest.raises(Refused) as error:
        approve(city, other)
    assert error.value.rules == [RULE]


def not_waivable(project):
    return [rule.id for rule in project.pack.rules if not rule.waivable_by]


def test_what_the_text_gives_no_exception_from_nobody_lets_through(city, project):
    boss = User.objects.create_superuser("boss", password="x", organization=city.offices["centre"])
    assert len(not_waivable(project)) > 100
    for rule in not_waivable(project):
        for actor in (city.applicant, city.users["centre"], city.users["gov_office"]):
            with pytest.raises(Refused) as error:
                request_waiver(project.pk, rule, actor=actor, reason="急", basis="纪要")
            assert error.value.detail.endswith("没有例外规定,任何人都不能放行。")
        with pytest.raises((Refused, Project.DoesNotExist)):
            request_waiver(project.pk, rule, actor=boss, reason="急", basis="纪要")
    assert Waiver.objects.count() == 0


def test_a_row_written_past_the_door_for_such_a_rule_lets_nothing_through(city, project):
    Waiver.objects.create(
        project=project, rule="YQ-3.4-8", reason="急", basis="纪要", requested_by=city.applicant,
        requested_on="2026-03-02", decision=Waiver.GRANTED, decided_by=city.users["centre"], decided_on="2026-03-02",
    )  # fmt: skip
    centre = next(each for each in options(project, city.users["centre"]) if each.move == "approve_scheme")
    assert "YQ-3.4-8" in [verdict.rule for verdict in centre.blocking]


@pytest.mark.parametrize("by", ["applicant", "sibling", "gov_office", "finance", "planning", "tender", "audit"])
def test_only_the_office_that_the_rule_names_decides(city, project, by):
    waiver = ask(city, project)
    with pytest.raises(Forbidden) as error:
        decide(city, waiver, by=by)
    assert (error.value.detail, error.value.extra) == ("例外由市电子政务中心决定。", {"roles": ["centre"]})
    assert Waiver.objects.get().decision == "待批"


def test_who_asked_does_not_decide(city, project):
    waiver = ask(city, project, by="centre")
    with pytest.raises(Forbidden, match="申请人与批准人不能是同一人。"):
        decide(city, waiver)
    colleague = User.objects.create_user("colleague", password="x", organization=city.offices["centre"])
    assert decide_waiver(waiver.pk, actor=colleague, grant=True).decision == "同意"


def test_the_database_knows_two_people_too(city, project):
    waiver = ask(city, project)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.filter(pk=waiver.pk).update(decided_by=city.applicant)


def test_it_is_decided_once(city, project):
    waiver = decide(city, ask(city, project), grant=False)
    with pytest.raises(Invalid, match="这项例外已经有决定。"):
        decide(city, waiver)
    assert Waiver.objects.get().decision == "不同意"


@pytest.mark.parametrize(
    ("given", "field"), [({"reason": " "}, "reason"), ({"basis": ""}, "basis"), ({"rule": "YQ-9"}, "rule")]
)
def test_reason_and_basis_are_needed(city, project, given, field):
    with pytest.raises(Invalid) as error:
        ask(city, project, **given)
    assert set(error.value.errors) == {field}


def test_another_unit_sees_neither_project_nor_exception(city, project):
    with pytest.raises(Project.DoesNotExist):
        ask(city, project, by="other")
    waiver = ask(city, project)
    with pytest.raises(Project.DoesNotExist):
        decide(city, waiver, by="other")
