"""Here: comparing and exporting a pack by command. Not here: what changes (tests/policies/test_differences.py)."""

import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from egov_projects.book_files import export
from policies import loader
from policies.loader import load


def told(*command, **options) -> str:
    out = StringIO()
    call_command("book", *command, stdout=out, **options)
    return out.getvalue()


def test_a_draft_is_compared_with_the_pack_in_force(tmp_path):
    text = (loader.FOLDER / "yueqing-2015.toml").read_text(encoding="utf-8")
    draft = tmp_path / "draft.toml"
    draft.write_text(text.replace("value = 2000000.00", "value = 3000000.00"), encoding="utf-8")
    said = told("diff", "yueqing-2015", str(draft))
    assert "- YQ-3.4-11 三(四)" in said and "【所有项目,2,000,000.00 至 2,999,999.99 元】" in said
    assert told("diff", "yueqing-2015", "yueqing-2015") == ""
    with pytest.raises(CommandError, match="没有规则包“nowhere”"):
        told("diff", "nowhere", "yueqing-2015")


def test_the_rule_list_as_excel_word_and_decision_tables(tmp_path):
    pack = load("yueqing-2015")
    sheet, word, tables = export(pack, tmp_path)
    rows = list(load_workbook(BytesIO(sheet.read_bytes()))["规则清单"].values)
    assert [row[0] for row in rows[1:]] == [rule.id for rule in pack.rules]
    expert = next(row for row in rows if row[0] == "YQ-3.4-11")
    assert (expert[1], expert[4], expert[9]) == ("三(四)", "执行", "投资 ≥ 2,000,000.00")
    assert (rows[0][-1], pack.digest[:12] in ZipFile(word).read("word/document.xml").decode()) == ("审读意见", True)
    assert not [cell for row in rows for cell in row if cell and ("_" in cell or ".py" in cell)]
    text = ZipFile(word).read("word/document.xml").decode()
    assert all(rule.id in text for rule in pack.rules)
    graph = json.loads(tables.read_text(encoding="utf-8"))
    assert {node["name"] for node in graph["nodes"]} == {"facts", "applies", "holds", "checks"}
