"""Here: whether gaps between register, pack and scenarios are seen. Not here: the real pack's coverage (test_registers)."""

import re
from datetime import date
from pathlib import Path

import pytest

from policies import coverage as books
from policies.coverage import Row, coverage, never_bite, never_pass
from policies.loader import available, load
from policies.pack import Pack
from policies.scenario_data import BookCheck, Scenario, Step
from tests.policies.packs import pack

RULES = """
[[rule]]
id = "P-1"
clause = "一"
says = "须"
moves = ["file"]
records = ["payment"]

[[rule]]
id = "P-2"
clause = "二"
says = "由中心办"
means = "role"

[moves.endorse]
by = ["centre"]
rule = "P-2"

[[rule]]
id = "P-3"
clause = "三"
says = "原则"
status = "shown"

[[rule]]
id = "P-4"
clause = "四"
says = "无人承担"
"""
BOOK = pack(RULES)
IDS = ("P-1", "P-2", "P-3", "P-4")


def played(*steps: dict, clauses=("P-1",), book: Pack = BOOK) -> Scenario:
    """A scenario with these steps: verb, what and what it expects."""
    made = [
        Step(number, each["verb"], each.get("what", ""), date(2021, 1, 4), given=each.get("given", {}))
        for number, each in enumerate(steps, start=1)
    ]
    return Scenario("x.toml", "x", book, clauses, None, tuple(made), ())


def row(rule_id: str, *scenarios: Scenario) -> Row:
    """The row of one clause."""
    return next(each for each in coverage(BOOK, IDS, scenarios) if each.id == rule_id)


def test_carriers_are_checks_and_whatever_refers_to_the_rule() -> None:
    assert row("P-1").carriers == ("move file", "record payment")
    assert row("P-2").carriers == ("moves.endorse",)


def test_an_enforced_clause_needs_a_carrier_and_a_scenario() -> None:
    assert row("P-4").gaps == ("nothing carries it", "no scenario")
    assert row("P-1").gaps == ("no scenario",)
    assert row("P-1", played({"verb": "do", "what": "file"})).gaps == ()
    assert row("P-3").gaps == ()


def test_a_clause_missing_in_the_pack_or_in_the_register_is_a_gap() -> None:
    rows = coverage(BOOK, ["P-1", "P-9"], [])
    assert [(each.id, each.gaps) for each in rows if "not in" in str(each.gaps)] == [
        ("P-9", ("not in the pack",)),
        ("P-2", ("not in the register",)),
        ("P-3", ("not in the register",)),
        ("P-4", ("not in the register",)),
    ]


@pytest.mark.parametrize(
    ("step", "bites", "passes"),
    [
        ({"verb": "do", "what": "file"}, 0, 1),
        ({"verb": "do", "what": "file", "given": {"refused_by": ["P-1"]}}, 1, 0),
        ({"verb": "do", "what": "file", "given": {"flagged_by": ["P-1"]}}, 1, 0),
        ({"verb": "do", "what": "file", "given": {"forbidden": "P-1"}}, 1, 0),
        ({"verb": "do", "what": "file", "given": {"forbidden": True}}, 0, 0),
        ({"verb": "do", "what": "endorse"}, 0, 0),
        ({"verb": "pay", "what": "1.00"}, 0, 1),
        ({"verb": "record", "what": "payment", "given": {"error": "amount"}}, 0, 0),
        ({"verb": "expect", "what": {"flags": ["P-1"]}}, 1, 0),
    ],
)
def test_a_scenario_bites_or_passes(step: dict, bites: int, passes: int) -> None:
    found = row("P-1", played(step))
    assert (found.named, found.bites, found.passes) == (1, bites, passes)


@pytest.mark.parametrize(("flags", "bites", "passes"), [(["P-5"], 1, 0), ([], 0, 1), (["P-1"], 0, 1)])
def test_a_standing_rule_passes_where_the_flags_expected_leave_it_out(flags: list, bites: int, passes: int) -> None:
    book = pack(RULES + '[[rule]]\nid = "P-5"\nclause = "五"\nsays = "须"\nstanding = true\nseverity = "flag"\n')
    step = {"verb": "expect", "what": {"flags": flags}}
    (found,) = [each for each in coverage(book, (*IDS, "P-5"), [played(step, book=book)]) if each.id == "P-5"]
    assert (found.bites, found.passes) == (bites, passes)


def test_a_question_to_the_book_counts_too() -> None:
    check = BookCheck(1, date(2021, 1, 4), {}, {"action": "file", "refused_by": ["P-1"]})
    found = row("P-1", Scenario("x.toml", "x", BOOK, (), None, (), (check,)))
    assert (found.named, found.bites, found.passes) == (0, 1, 0)


def test_rules_seen_on_one_side_only_are_listed() -> None:
    rows = coverage(BOOK, IDS, [played({"verb": "do", "what": "file"})])
    assert (never_bite(BOOK, rows), never_pass(BOOK, rows)) == (["P-1"], [])
    rows = coverage(BOOK, IDS, [played({"verb": "do", "what": "file", "given": {"refused_by": ["P-1"]}})])
    assert (never_bite(BOOK, rows), never_pass(BOOK, rows)) == ([], ["P-1"])


def test_a_register_lists_each_clause_once() -> None:
    ids = books.register("yueqing-2015")
    assert (len(ids), len(set(ids)), ids[0], ids[-1]) == (113, 113, "YQ-0-1", "YQ-3.8-7")


def test_the_clauses_of_a_guide_follow_those_of_the_instrument(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(books, "FOLDER", tmp_path)
    (tmp_path / "probe.txt").write_text("P-1\nP-2\n")
    (tmp_path / "probe.guides.txt").write_text("G-1\n")
    (tmp_path / "probe-2.txt").write_text("Q-1\n")
    assert books.register("probe") == ["P-1", "P-2", "G-1"]


SOURCES = Path(__file__).parents[3] / "shared" / "regulations"


EXCERPTS = {
    "national-2007": ("GJ",),
    "chengdu": ("CD",),
    "chengdu-2015": ("CD15",),
    "nanchong-draft": ("NC",),
    "mianyang-2020": ("MY",),
    "sichuan-provincial.guides": ("YS", "BT"),
}


def clauses_of(source: Path) -> list[str]:
    """The clause ids of a shared register, in its order."""
    if not source.exists():
        pytest.skip(f"{source.name} is not beside this project")
    clauses = source.read_text(encoding="utf-8").partition("\nclauses:\n")[2]
    return re.findall(r"^ *- id: (\S+)", re.split(r"^(?=[a-z_]+:)", clauses, flags=re.M)[0], re.M)


@pytest.mark.parametrize("path", sorted(books.FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_register_is_the_clause_list_it_was_taken_from(path: Path) -> None:
    """Several documents are excerpts in one register; the beginning of an id tells them apart."""
    prefixes = EXCERPTS.get(path.stem)
    ids = clauses_of(SOURCES / ("excerpts.yaml" if prefixes else f"{path.stem}.yaml"))
    ours = [each for each in ids if prefixes is None or each.split("-")[0] in prefixes]
    assert path.read_text(encoding="utf-8").split() == ours != []


def test_no_clause_of_any_document_is_left_out() -> None:
    sources = sorted(SOURCES.glob("*.yaml"))
    theirs = [each for source in sources for each in clauses_of(source)]
    ours = [rule.id for code in available() for rule in load(code).rules]
    assert sorted(set(theirs) - set(ours)) == [] and len(ours) == len(set(ours))
    assert not theirs or len(sources) == 6
