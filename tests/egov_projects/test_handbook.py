"""Here: that docs/ says what the packs and the map say, and the answers of `manage.py book`. Not here: coverage itself."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from egov_projects.handbook import forward_edges, lifecycle_page, pages, rules_page, write_pages
from policies.loader import available, load
from projects import transitions

PACK = "yueqing-2015"


@pytest.mark.parametrize("path", pages(), ids=str)
def test_the_committed_page_is_the_generated_one(path: Path) -> None:
    committed = (settings.BASE_DIR / path).read_text(encoding="utf-8")
    assert committed == pages()[path], "run `manage.py book docs`"


def test_pages_are_written_below_a_folder(tmp_path: Path) -> None:
    written = write_pages(tmp_path)
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in written} == pages()


def test_the_rule_table_has_every_rule_once() -> None:
    page = rules_page(load(PACK))
    counts = {rule.id: page.count(f"| {rule.id} |") for rule in load(PACK).rules}
    assert set(counts.values()) == {1}


def test_the_map_has_every_move_and_only_forward_edges() -> None:
    page = lifecycle_page()
    assert [move for move in transitions.moves() if f"| `{move}` |" not in page] == []
    assert ("file", "draft", "filed") in forward_edges()
    assert "recall" not in {move for move, _, _ in forward_edges()}


def run(*arguments: str, **options) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("book", *arguments, stdout=out, **options)
    return out.getvalue()


def test_obligations_ask_for_experts_at_the_line_and_not_a_fen_below() -> None:
    def asked(amount: str) -> set[str]:
        given = ("--kind", "新建", "--investment", amount, "--on", "2026-03-02", "--json")
        return {each["rule"] for each in json.loads(run("obligations", PACK, *given))}

    assert asked("2000000.00") - asked("1999999.99") >= {"YQ-3.4-11", "YQ-3.6-6"}
    assert asked("1999999.99") - asked("2000000.00") == set()


@pytest.mark.parametrize(
    "given", [("--kind", "新健", "--investment", "1.00"), ("--kind", "新建", "--investment", "两百万")]
)
def test_a_what_if_about_nothing_known_is_refused(given: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="--"):
        run("obligations", PACK, *given)


def test_rules_are_listed_with_their_wording() -> None:
    rows = json.loads(run("rules", PACK, "--json"))
    assert [row["id"] for row in rows] == [rule.id for rule in load(PACK).rules]
    assert run("rules", PACK).count("\n") == len(rows)


def test_packs_and_scenarios_are_sound() -> None:
    assert run("check") == f"{len(available())} 个规则包及其样例没有发现问题。\n"


def test_the_pack_carries_its_whole_instrument() -> None:
    answer = json.loads(run("coverage", PACK, "--json"))
    assert [row for row in answer["rows"] if row["gaps"]] == []
