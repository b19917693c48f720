"""Here: the door: what it offers to whom, and every way it says no. Not here: ways round it (test_bypass), the rules."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from organizations import clock
from organizations.models import AuditEvent
from projects.errors import Forbidden, Invalid, NotOffered, Refused, Stale
from projects.governance import governed_by
from projects.ledger import problems
from projects.models import Project
from projects.permissions import may_move
from projects.states import LIVE, State
from projects.transitions import moves, next_move, options, passed, perform
from tests.conftest import TODAY

UNIT, CENTRE, GOVERNING, MONEY = {"applicant", "sibling"}, {"centre"}, {"gov_office"}, {"finance"}
ROLES = ["applicant", "sibling", "other", "centre", "gov_office", "finance", "planning", "tender", "audit"]
BACK = {"step_back": CENTRE | MONEY}
HALT = {"suspend": GOVERNING, "terminate": GOVERNING}
TABLE = {
    "draft": {"file": UNIT},
    "filed": {
        "endorse": CENTRE, "recall": UNIT, "withdraw": UNIT, "return_filing": CENTRE, "reject": CENTRE, "merge": CENTRE,
    } | HALT,
    "endorsed": {"approve_budget": MONEY, "reject": CENTRE} | BACK | HALT,
    "budgeted": {"submit_scheme": UNIT} | BACK | HALT,
    "scheme_filed": {"approve_scheme": CENTRE, "return_scheme": CENTRE, "reject": CENTRE} | BACK | HALT,
    "scheme_approved": {"apply_procurement": UNIT} | BACK | HALT,
    "procuring": {"sign_contract": UNIT} | BACK | HALT,
    "contracted": {"start": UNIT} | BACK | HALT,
    "building": {"start_trial": UNIT} | BACK | HALT,
    "trial": {"convene_acceptance": UNIT} | BACK | HALT,
    "accepting": {"accept": UNIT, "return_acceptance": UNIT} | BACK | HALT,
    "accepted": {"deliver": UNIT} | BACK | HALT,
    "in_service": {"evaluate": MONEY} | BACK | HALT,
    "evaluated": BACK,
    "rejected": {},
    "withdrawn": {},
    "suspended": {"resume": GOVERNING, "terminate": GOVERNING},
    "terminated": {},
}  # fmt: skip
OPERATIONS = TABLE | {"building": {"convene_acceptance": UNIT} | BACK | HALT}
del OPERATIONS["trial"]


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize(("kind", "table"), [("新建", TABLE), ("运行维护", OPERATIONS)], ids=["building", "operations"])
def test_every_cell_of_state_move_and_role(city, state, kind, table):
    """The state is only thought of, never saved: what the map and the pack offer there does not hang on the way."""
    project = city.draft(kind=kind)
    if state not in table:
        assert state not in project.route
        return
    project.__dict__["state"] = state
    project.suspended_from = "building"
    offered = {option.move: option.permitted for option in options(project, city.applicant)}
    assert offered == {move: "applicant" in by for move, by in table[state].items()}
    for role in ROLES:
        assert {move for move in offered if may_move(city.users[role], project, move)} == {
            move for move, by in table[state].items() if role in by
        }


@pytest.mark.parametrize("move", moves())
def test_the_door_answers_every_role_for_every_move_of_a_filed_project(city, move):
    project = city.project("filed")
    city.walker().prepare(project, "endorse")
    for role in ROLES:
        answer = knock(project, move, city.users[role])
        if role == "other":
            assert answer == "DoesNotExist"
        elif move not in TABLE["filed"]:
            assert answer == "NotOffered"
        elif role not in TABLE["filed"][move]:
            assert answer == "Forbidden"
        else:
            assert answer in ("made", "Refused")
        assert Project.objects.get(pk=project.pk).state == "filed"


def knock(project, move, actor):
    """What the door answers; whatever it did is undone."""
    try:
        with transaction.atomic():
            perform(project.pk, move, actor=actor, note="说明")
            transaction.set_rollback(True)
    except (NotOffered, Forbidden, Refused, Invalid, Project.DoesNotExist) as error:
        return type(error).__name__
    return "made"


def test_a_move_off_the_route_is_not_offered_and_says_where_the_project_is(city):
    project = city.project("filed")
    for move in ("file", "approve", "approve_budget", "accept", "no_such_move"):
        with pytest.raises(NotOffered) as error:
            perform(project.pk, move, actor=city.users["centre"])
        assert error.value.extra == {"state": "filed"}
    with pytest.raises(NotOffered, match="“已申报”的项目没有“验收结论:通过”这一事项。"):
        perform(project.pk, "accept", actor=city.applicant)


def test_an_actor_who_saw_an_older_state_is_told_the_new_one(city):
    project = city.project("filed")
    with pytest.raises(Stale, match="项目现在是“已申报”,请刷新后再办。") as error:
        perform(project.pk, "suspend", actor=city.users["gov_office"], note="核查", seen="endorsed")
    assert error.value.extra == {"state": "filed"}
    assert (
        perform(project.pk, "suspend", actor=city.users["gov_office"], note="核查", seen="filed").target == "suspended"
    )


@pytest.mark.parametrize("note", ["", "  ", "\n"])
def test_a_required_note_is_required(city, note):
    project = city.project("filed")
    with pytest.raises(Invalid) as error:
        perform(project.pk, "withdraw", actor=city.applicant, note=note)
    assert error.value.errors == {"note": [{"message": "此事项须写明说明。", "code": "required"}]}
    assert Project.objects.get(pk=project.pk).state == "filed"


@pytest.mark.parametrize(
    ("move", "by", "roles", "rule", "detail"),
    [
        ("endorse", "finance", ["centre"], "YQ-3.2-1",
         "“出具预审意见(同意)”由市电子政务中心办理(依据 乐政办发〔2015〕10号 三(二),YQ-3.2-1)。"),
        ("recall", "centre", ["applicant"], "YQ-2.2-2",
         "“撤回修改”由市城市管理局办理(依据 乐政办发〔2015〕10号 二(二),YQ-2.2-2)。"),
        ("suspend", "centre", ["gov_office"], "YQ-2.1-1",
         "“暂停”由市府办办理(依据 乐政办发〔2015〕10号 二(一),YQ-2.1-1)。"),
    ],
)  # fmt: skip
def test_who_may_not_is_told_the_office_and_the_clause(city, move, by, roles, rule, detail):
    project = city.project("filed")
    with pytest.raises(Forbidden) as error:
        perform(project.pk, move, actor=city.users[by], note="说明")
    assert (error.value.detail, error.value.extra) == (detail, {"roles": roles, "rule": rule})


def test_who_may_not_is_told_so_before_any_verdict(city):
    project = city.project("filed")
    with pytest.raises(Forbidden):
        perform(project.pk, "endorse", actor=city.users["finance"])
    with pytest.raises(Refused):
        perform(project.pk, "endorse", actor=city.users["centre"])


def test_a_refusal_carries_every_verdict_the_blocking_ones_first_and_leaves_nothing(city):
    project = city.project("filed")
    before = (project.ledger_length, AuditEvent.objects.count())
    with pytest.raises(Refused) as error:
        perform(project.pk, "endorse", actor=city.users["centre"])
    blocks = [verdict.blocks for verdict in error.value.verdicts]
    assert blocks == sorted(blocks, reverse=True)
    assert 0 < len(error.value.rules) < len(blocks)
    project.refresh_from_db()
    assert (project.state, project.ledger_length, AuditEvent.objects.count()) == ("filed", *before)


def test_page_door_and_condition_say_the_same_all_along_the_route(city):
    project = city.draft("2000000.00")
    while (move := next_move(project)) is not None and project.state != "scheme_approved":
        actor = city.walker().actor(project, project.pack.moves[move].by[0])
        option = options(project, actor)[0]
        assert (option.move, option.forward, option.permitted) == (move, True, True)
        assert option.verdicts == governed_by(move).verdicts(project)
        if option.blocking:
            with pytest.raises(Refused) as error:
                perform(project.pk, move, actor=actor)
            assert by_rule(error.value.verdicts) == by_rule(option.verdicts)
        city.walker().prepare(project, move)
        project.refresh_from_db()
        option = options(project, actor)[0]
        assert option.allowed
        passage = perform(project.pk, move, actor=actor)
        assert passage.verdicts == [verdict.as_json() for verdict in option.verdicts]
        project.refresh_from_db()
    assert project.state == "scheme_approved"


def by_rule(verdicts):
    return sorted(verdicts, key=lambda verdict: verdict.rule)


def test_a_passage_keeps_who_for_whom_as_what_when_and_under_which_text(city):
    project = city.project("filed")
    passage = perform(project.pk, "suspend", actor=city.users["gov_office"], note="核查")
    assert (passage.number, passage.move, passage.source, passage.target) == (2, "suspend", "filed", "suspended")
    assert (passage.actor_name, passage.acting_for, passage.role) == ("市府办经办", "市府办", "gov_office")
    assert (passage.on, passage.note, passage.pack_code) == (TODAY, "核查", "yueqing-2015")
    assert passage.pack_digest == project.pack.digest
    project.refresh_from_db()
    assert (project.suspended_from, project.ledger_head, project.ledger_length) == ("filed", passage.hash, 2)
    event = AuditEvent.objects.filter(action="move:suspend").get()
    assert (event.target, event.detail) == ("filed>suspended", {"hash": passage.hash})


@pytest.mark.parametrize("state", ["filed", "budgeted"])
def test_resuming_goes_on_where_it_was_suspended(city, state):
    project = city.project(state)
    office = city.users["gov_office"]
    perform(project.pk, "suspend", actor=office, note="核查")
    assert perform(project.pk, "resume", actor=office, note="核查完毕").target == state


def test_a_correction_goes_one_step_back_and_never_to_the_draft(city):
    project = city.project("budgeted")
    assert perform(project.pk, "step_back", actor=city.users["finance"], note="更正").target == "endorsed"
    assert perform(project.pk, "step_back", actor=city.users["centre"], note="更正").target == "filed"
    with pytest.raises(NotOffered):
        perform(project.pk, "step_back", actor=city.users["centre"], note="更正")


def test_what_has_been_passed(city):
    project = city.project("endorsed")
    assert [passed(project, move) for move in ("file", "endorse", "approve_budget")] == [True, True, False]
    perform(project.pk, "suspend", actor=city.users["gov_office"], note="核查")
    project.refresh_from_db()
    assert [passed(project, move) for move in ("file", "endorse", "approve_budget")] == [True, True, False]


class Life(RuleBasedStateMachine):
    """A project under many hands, against a model that knows the state, where it was suspended, and how many moves."""

    city = None

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.day = clock.at(TODAY)
        self.day.__enter__()
        self.pk = self.city.draft().pk
        self.state, self.held, self.count = "draft", "", 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        self.day.__exit__(None, None, None)

    @rule(move=st.sampled_from(sorted({move for row in TABLE.values() for move in row})), role=st.sampled_from(ROLES))
    def anybody_tries_anything(self, move, role):
        before, actor = self.state, self.city.users[role]
        try:
            passage = perform(self.pk, move, actor=actor, note="说明")
        except Project.DoesNotExist:
            assert role == "other" or (before == "draft" and role not in UNIT | GOVERNING | {"audit"})
        except NotOffered:
            assert move not in TABLE[before]
        except Forbidden:
            assert role not in TABLE[before][move]
        except Refused:
            assert role in TABLE[before][move]
        else:
            assert role in TABLE[before][move]
            self.moved(move, passage)

    @precondition(lambda self: self.state in ("draft", "filed", "endorsed", "budgeted"))
    @rule()
    def the_walker_goes_one_step(self):
        project = Project.objects.get(pk=self.pk)
        self.moved(next_move(project), self.city.walker().step(project))

    @precondition(lambda self: self.state in LIVE)
    @rule()
    def it_is_suspended_and_resumed(self):
        for move in ("suspend", "resume"):
            self.moved(move, perform(self.pk, move, actor=self.city.users["gov_office"], note="说明"))

    def moved(self, move, passage):
        assert passage.source == self.state
        if move == "suspend":
            self.held = self.state
        if move == "resume":
            assert passage.target == self.held
        self.state, self.count = passage.target, self.count + 1

    @invariant()
    def project_and_ledger_agree_with_the_model(self):
        project = Project.objects.get(pk=self.pk)
        assert (project.state, project.ledger_length) == (self.state, self.count)

    @invariant()
    def the_chain_is_sound(self):
        if self.count % 4 == 3:
            assert problems(Project.objects.get(pk=self.pk)) == []


def test_any_order_of_hands_keeps_the_map(city):
    Life.city = city
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=6, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
