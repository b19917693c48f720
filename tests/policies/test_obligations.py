"""Here: the what-if without a database. Not here: real packs (their scenarios)."""

from datetime import date
from decimal import Decimal

from policies.obligations import obligations
from tests.policies.packs import RULE, pack

BOOK = pack(
    f"""{RULE}moves = ["file"]
when = [{{ fact = "project.investment", test = "at_least", value = 2000000.00 }}]
require = [{{ fact = "x.opinion", test = "yes" }}]

[[rule]]
id = "P-2"
clause = "第二条"
says = "应交方案。"

[[material]]
code = "plan"
name = "建设方案"
rule = "P-2"
required = "always"
moves = ["file"]
when = [{{ fact = "project.kind", test = "one_of", value = ["新建"] }}]

[[rule]]
id = "P-3"
clause = "第三条"
says = "五个工作日内审查。"

[[deadline]]
code = "review"
rule = "P-3"
label = "审查"
start = "record:a"
until = ["record:b"]
who = "centre"
within = 5
"""
)
ON = date(2021, 1, 4)


def asked(**facts) -> dict[tuple[str, str], bool | None]:
    """(rule, what) → applies, for facts given with __ for the dot."""
    found = obligations(BOOK, {key.replace("__", "."): value for key, value in facts.items()}, on=ON)
    return {(each.rule, each.what): each.applies for each in found}


def test_a_threshold_asks_at_the_figure_and_not_below() -> None:
    below = asked(project__kind="运维", project__investment=Decimal("1999999.99"))
    at = asked(project__kind="运维", project__investment=Decimal("2000000.00"))
    assert below == {("P-3", "deadline"): True}
    assert at == {("P-1", "rule"): True, ("P-3", "deadline"): True}


def test_what_hangs_on_an_open_question_stays_in_and_says_on_what() -> None:
    found = obligations(BOOK, {"project.kind": "新建"}, on=ON)
    first = next(each for each in found if each.rule == "P-1")
    assert (first.applies, first.depends_on) == (None, ("投资",))
    assert asked(project__kind="新建")["P-2", "material"] is True


def test_a_deadline_says_how_long_and_a_material_its_name() -> None:
    found = {each.what: each for each in obligations(BOOK, {"project.kind": "新建"}, on=ON)}
    assert (found["deadline"].due, found["material"].material) == ("5个工作日", "建设方案")


def test_a_pack_not_yet_in_force_asks_nothing() -> None:
    assert obligations(BOOK, {"project.kind": "新建"}, on=date(2020, 5, 31)) == []


def test_the_reason_carries_both_operands() -> None:
    found = obligations(BOOK, {"project.investment": Decimal("2180000.00")}, on=ON)
    (because,) = next(each for each in found if each.rule == "P-1").as_json()["because"]
    assert "2,180,000.00" in because and "2,000,000.00" in because


SUPERVISED = f"""{RULE}moves = ["file"]
when = [{{ fact = "project.investment", test = "at_least", value = 2000000.00 }}]
require = [{{ fact = "supervisor.recorded", test = "yes" }}]
remedy = "supervisor"

[[rule]]
id = "P-2"
clause = "第二条"
says = "监理机构应有资质。"
records = ["supervisor"]
require = [{{ fact = "supervisor.certificate", test = "present" }}]

[[rule]]
id = "P-3"
clause = "第三条"
says = "合同应写明金额。"
records = ["contract"]
require = [{{ fact = "contract.amount", test = "present" }}]

[[rule]]
id = "P-4"
clause = "第四条"
says = "专家意见;不利的提示。"
moves = ["file"]
when = [{{ fact = "project.kind", test = "equals", value = "运维" }}]
require = [{{ fact = "x.a", test = "yes" }}]
[[rule.also]]
moves = ["file"]
severity = "flag"
require = [{{ fact = "x.b", test = "no" }}]
"""


def rules_asked(amount: str | None, kind: str = "新建") -> dict[str, bool | None]:
    """Rule → applies, of the pack with a supervisor."""
    facts = {"project.kind": kind} | ({"project.investment": Decimal(amount)} if amount else {})
    return {each.rule: each.applies for each in obligations(pack(SUPERVISED), facts, on=ON)}


def test_what_a_record_must_be_like_matters_only_where_the_record_is_asked_for() -> None:
    assert rules_asked("1999999.99") == {"P-3": True}
    assert rules_asked("2000000.00") == {"P-1": True, "P-2": True, "P-3": True}
    assert rules_asked(None) == {"P-1": None, "P-2": None, "P-3": True}


def test_a_hint_does_not_make_an_obligation_of_a_rule_that_refuses_elsewhere() -> None:
    assert "P-4" not in rules_asked("1.00", "新建")
    assert rules_asked("1.00", "运维")["P-4"] is True


def test_a_clock_that_two_events_start_is_told_once() -> None:
    clock = '[[deadline]]\ncode = "c"\nrule = "P-1"\nlabel = "时限"\nstart = "{}"\nuntil = ["move:file"]\nwho = "applicant"\n'
    found = obligations(pack(RULE + clock.format("move:file") + clock.format("move:endorse")), {}, on=ON)
    assert [each.what for each in found] == ["deadline"]
