"""Here: reading declarations of evidence. Not here: their forms (tests/projects/test_declared.py)."""

import pytest

from policies.record_kinds import RecordKindError, parse, record_kinds

GOOD = """
[[record]]
name = "handover"
label = "项目移交"
stage = "采购"
open_from = "procuring"
open_to = "contracted"
[[record.field]]
name = "on"
label = "移交日期"
type = "date"
"""


def test_a_declaration_is_read():
    (kind,) = parse(GOOD)
    assert (kind.name, kind.label, kind.stage, kind.open_from, kind.open_to) == (
        "handover", "项目移交", "采购", "procuring", "contracted",
    )  # fmt: skip
    assert [(each.name, each.type, each.required) for each in kind.fields] == [("on", "date", True)]


@pytest.mark.parametrize(
    "old, new, words",
    [
        ('type = "date"', 'type = "dat"', "unknown type 'dat'(是不是“date”?)"),
        ('type = "date"', 'typ = "date"', "unknown key 'typ'(是不是“type”?)"),
        ('name = "on"', 'name = "project"', "'project' cannot be the name of a field"),
        ('name = "on"', 'name = "kind"', "'kind' cannot be the name of a field"),
        ('name = "handover"', 'name = "Hand over"', "needs a name in small letters"),
        ('type = "date"', 'type = "choice"', "choices go with choice(s)"),
        ('type = "date"', 'type = "lines"', "columns with lines"),
        ('type = "date"', 'not_before = "signed"', "unknown field 'signed'"),
        ('stage = "采购"', "", "missing 1 required positional argument: 'stage'"),
        ("[[record]]", "[[recrd]]", "unknown tables recrd"),
        ("[[record]]", "[[record]", "not valid TOML"),
    ],
)
def test_a_wrong_declaration_says_what_is_wrong(old, new, words):
    with pytest.raises(RecordKindError) as error:
        parse(GOOD.replace(old, new, 1))
    assert words in str(error.value)


def test_every_declaration_of_the_house_is_read():
    assert record_kinds()["responsibility_letter"].field("finish_by").not_before == "signed_on"


def test_a_column_of_a_table_may_bear_any_name():
    lines = 'type = "lines"\n[[record.field.column]]\nname = "name"\nlabel = "名称"'
    (kind,) = parse(GOOD.replace('type = "date"', lines))
    assert [each.name for each in kind.fields[0].columns] == ["name"]
