"""Here: reading scenario files, and what they may not say. Not here: playing them (tests/egov_projects/test_scenarios)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from policies.scenario_data import Names, Scenario, ScenarioError, typed
from policies.scenarios import files, parse, read
from policies.vocabulary import FACTS, KINDS, Fact

NAMES = Names(
    evidence={"opinion": ("conclusion", "given_on"), "payment": ("amount", "kind")},
    targets={"file": "filed", "endorse": "endorsed", "reject": None},
    states=("draft", "filed", "endorsed", "rejected"),
    filing=("ict_based", "objective", "declared_total"),
    unit=("type",),
    batch=("opens_on",),
)
HEAD = {"title": "试", "pack": "yueqing-2015"}
STEP = {"do": "file"}


def scenario(project: dict | None = None, *steps: dict, **head) -> Scenario:
    """A scenario from plain data, with one step unless told otherwise."""
    data = {**HEAD, **head, "step": list(steps or [STEP])}
    return parse(data | ({"project": project} if project is not None else {}), NAMES)


def refusal(project: dict | None = None, *steps: dict, **head) -> str:
    """The message with which a scenario is refused."""
    with pytest.raises(ScenarioError) as error:
        scenario(project, *steps, **head)
    return str(error.value)


@pytest.fixture(autouse=True)
def words(monkeypatch) -> None:
    """A fact of every kind, whether or not the rooms are loaded."""
    for kind in KINDS:
        monkeypatch.setitem(FACTS, f"t.{kind}", Fact(f"t.{kind}", kind, kind))


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("scenario:没有“titel”(是不是“title”?)", ({},)),
        ("project:没有“investmnt”(是不是“investment”?)", ({"investmnt": "1"},)),
        ("project kind:没有“新健”", ({"kind": "新健"},)),
        ("project at:没有“field”(是不是“filed”?)", ({"at": "field"},)),
        ("project without:没有“opinon”(是不是“opinion”?)", ({"without": ["opinon"]},)),
        ("project evidence:没有“opinon”(是不是“opinion”?)", ({"evidence": {"opinon": {}}},)),
        ("project evidence opinion:没有“givn_on”", ({"evidence": {"opinion": {"givn_on": 1}}},)),
        ("project flags:没有“ict_base”(是不是“ict_based”?)", ({"flags": ["ict_base"]},)),
        ("project unit:没有“typ”(是不是“type”?)", ({"unit": {"typ": "town"}},)),
        ("project batch:没有“open_on”", ({"batch": {"open_on": 1}},)),
        ("project dates:没有“endorsd”(是不是“endorsed”?)", ({"dates": {"endorsd": date(2026, 1, 1)}},)),
        ("project investment:“二百万”不是金额", ({"investment": "二百万"},)),
        ("project on:“2026-03-02”不是日期", ({"on": "2026-03-02"},)),
        ("step 1:没有“doo”(是不是“do”?)", ({}, {"doo": "file"})),
        ("step 1 do:没有“flie”(是不是“file”?)", ({}, {"do": "flie"})),
        ("step 1 do:没有“refusedby”(是不是“refused_by”?)", ({}, {"do": "file", "refusedby": []})),
        ("step 1:要写且只写一个动作", ({}, {"do": "file", "record": "opinion"})),
        ("step 1 refused_by:没有“YQ-3.4-1l”", ({}, {"do": "file", "refused_by": ["YQ-3.4-1l"]})),
        ("step 1 by:没有“center”(是不是“centre”?)", ({}, {"do": "file", "by": "center"})),
        ("step 1 state:没有“fild”(是不是“filed”?)", ({}, {"do": "file", "state": "fild"})),
        ("step 1 opinion:没有“conclusio”", ({}, {"record": "opinion", "fields": {"conclusio": "同意"}})),
        ("step 1 payment:没有“amont”", ({}, {"pay": "1.00", "fields": {"amont": 1}})),
        ("step 1 expect:没有“fact”(是不是“facts”?)", ({}, {"expect": {"fact": {}}})),
        (
            "step 1 expect facts:没有“t.monney”(是不是“t.money”?)",
            ({}, {"expect": {"facts": {"t.monney": 1}}}),
        ),
        ("facts:“t.flag”是 flag,不能是 1", ({}, {"expect": {"facts": {"t.flag": 1}}})),
        (
            "step 2:2026-03-01 早于上一步",
            ({}, {"do": "file", "on": date(2026, 3, 2)}, {"do": "file", "on": date(2026, 3, 1)}),
        ),
    ],
)
def test_an_unknown_name_is_an_error_with_the_nearest_known(message: str, arguments: tuple) -> None:
    head = {"titel": "x"} if "titel" in message else {}
    assert message in refusal(*arguments, **head)


def test_a_pack_and_its_clauses_must_exist() -> None:
    assert "是不是“yueqing-2015”" in refusal({}, pack="yueqing-2016")
    assert "clauses:没有“YQ-9.9”" in refusal({}, clauses=["YQ-9.9"])


def test_what_is_left_out_has_lawful_defaults() -> None:
    setup = scenario({}).setup
    assert (setup.at, setup.on, setup.kind, setup.investment) == ("draft", date(2026, 3, 2), "新建", "500000.00")
    assert setup.dates == {"draft": date(2026, 3, 2)}


def test_a_state_happens_on_the_day_of_the_next_one_given() -> None:
    given = {"endorse": date(2026, 2, 3), "filed": date(2026, 1, 5)}
    setup = scenario({"at": "endorsed", "on": date(2026, 2, 9), "dates": given}).setup
    assert setup.dates == {"endorsed": date(2026, 2, 3), "filed": date(2026, 1, 5), "draft": date(2026, 1, 5)}
    assert setup.fixed == {"endorsed", "filed"}


def test_days_must_be_in_the_order_of_the_route() -> None:
    given = {"filed": date(2026, 2, 4), "endorsed": date(2026, 2, 3)}
    assert "“filed”在 2026-02-04,晚于其后的 2026-02-03" in refusal({"at": "endorsed", "dates": given})


def test_flags_say_yes_in_the_filing_and_in_evidence() -> None:
    setup = scenario({"flags": ["ict_based", "opinion.conclusion"], "evidence": {"opinion": {"given_on": "x"}}}).setup
    assert setup.filing == {"ict_based": True}
    assert setup.evidence == {"opinion": {"given_on": "x", "conclusion": True}}
    assert scenario({"flags": {"ict_based": False}}).setup.filing == {"ict_based": False}


def test_a_step_takes_the_day_before_it_and_one_error_or_several() -> None:
    steps = scenario({}, {"do": "file", "on": date(2026, 4, 1)}, {"do": "endorse", "error": "note"}).steps
    assert [step.on for step in steps] == [date(2026, 4, 1)] * 2
    assert (steps[0].errors, steps[1].errors) == (frozenset(), {"note"})
    assert str(scenario({}, {"do": "file", "user": "other"}).steps[0]) == "1 do file by other"


def test_a_waiver_may_name_its_rule_either_way() -> None:
    first, second = scenario({}, {"waive": "YQ-3.4-11"}, {"waive": True, "rule": "YQ-3.4-11"}).steps
    assert first.what == second.what == "YQ-3.4-11"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("t.money", "2000000.00", Decimal("2000000.00")),
        ("t.money", Decimal("0.01"), Decimal("0.01")),
        ("t.date", "2026-03-02", date(2026, 3, 2)),
        ("t.date", date(2026, 3, 2), date(2026, 3, 2)),
        ("t.number", 3, 3),
        ("t.list", ["甲"], ["甲"]),
        ("material.plan", "定稿", "定稿"),
    ],
)
def test_facts_are_read_as_their_kind(name: str, value, expected) -> None:
    assert typed(name, value) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [("t.money", "两百万"), ("t.money", True), ("t.date", "三月"), ("t.flag", "是"), ("t.list", "甲"), ("t.text", 1)],
)
def test_a_value_of_another_kind_is_refused(name: str, value) -> None:
    with pytest.raises(ScenarioError, match=name):
        typed(name, value)


def test_a_book_check_needs_a_question() -> None:
    data = {**HEAD, "check": [{"facts": {"t.money": "1.00"}}]}
    with pytest.raises(ScenarioError, match="check 1:要写 action"):
        parse(data, NAMES)
    data["check"][0]["action"] = "file"
    (check,) = parse(data, NAMES).checks
    assert (check.facts, check.on) == ({"t.money": Decimal("1.00")}, date(2026, 3, 2))


def test_a_scenario_without_anything_to_do_is_refused() -> None:
    with pytest.raises(ScenarioError, match="至少要有一个"):
        parse({**HEAD, "project": {}}, NAMES)


def test_files_are_found_below_a_folder_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/two.toml", "one.toml", "notes.md"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [path.name for path in files([tmp_path, tmp_path / "one.toml"])] == ["two.toml", "one.toml"]
    with pytest.raises(ScenarioError, match="里没有样例"):
        files([tmp_path / "none"])


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("title = ", encoding="utf-8")
    with pytest.raises(ScenarioError, match="TOML 写法有误"):
        read(path, NAMES)
