"""Here: that a message about a pack finds its file and line. Not here: the messages themselves (test_loader.py)."""

import pytest

from policies import loader
from policies.loader import PackError, parse
from policies.places import placed, spot
from tests.policies.packs import HEAD, RULE

TEXT = HEAD + RULE + '[[rule.also]]\nmoves = ["fyle"]\n' + RULE.replace("P-1", "P-2") + 'moves = ["fyle"]\n'


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("rule P-1:没有办理动作“fyle”", 'moves = ["fyle"]'),
        ("rule P-1:还缺 says", "[[rule]]"),
        ("moves.file:没有编号为“P-9”的规则", "[moves.file]"),
        ("pack:没有“effective_to”", "effective_to = 2025-12-31"),
    ],
)
def test_a_message_is_about_a_line_of_its_entry(message, line):
    assert TEXT.splitlines()[spot(TEXT, message) - 1] == line


def test_the_second_of_two_rules_is_told_from_the_first():
    first, second = (spot(TEXT, f"rule {rule}:没有办理动作“fyle”") for rule in ("P-1", "P-2"))
    assert (TEXT.splitlines()[first - 1], first < second, second) == ('moves = ["fyle"]', True, len(TEXT.splitlines()))
    assert spot(TEXT, "rule P-3:没有") is None


def test_lines_are_counted_through_all_files_of_a_pack(tmp_path, monkeypatch):
    monkeypatch.setattr(loader, "FOLDER", tmp_path)
    (tmp_path / "probe.toml").write_text(HEAD + RULE, encoding="utf-8")
    (tmp_path / "probe.more.toml").write_text("\n[[rule]]\nid = 'P-2'\nsayz = 'x'\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"^probe\.more\.toml 第 4 行:rule P-2:没有“sayz”这一项\(是不是“says”\?\)$"):
        loader.load.__wrapped__("probe")
    assert placed("没有这样的表", None, [tmp_path / "probe.toml"]) == "probe.toml:没有这样的表"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [("[pack]\ntitle = “办法”", 2, "英文引号"), ("[pack]\na = 1\na = 2\n", 3, "写了两次"), ("[[rule]\n", 1, "方括号")],
)
def test_bad_toml_is_told_in_words(text, line, words):
    with pytest.raises(PackError, match=words) as error:
        parse(text)
    assert error.value.line == line
