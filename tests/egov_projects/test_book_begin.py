"""Here: the files that a pack begins with, and what is told of a table of clauses. Not here: the guide (tests/test_authoring)."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from egov_projects.book_begin import beginning, clauses_in
from egov_projects.book_check import hints, pack_problems, problems
from policies import coverage, loader, scenarios
from policies.coverage import register
from policies.loader import parse

HEADS = ["编号", "条款", "规定", "性质", "阶段"]


def told(*command) -> str:
    out = StringIO()
    call_command("book", *command, stdout=out)
    return out.getvalue()


@pytest.fixture
def house(tmp_path, monkeypatch) -> Path:
    """A house without packs, its three folders below one."""
    for module, name in ((loader, "packs"), (coverage, "registers"), (scenarios, "scenarios")):
        (tmp_path / name).mkdir()
        monkeypatch.setattr(module, "FOLDER", tmp_path / name)
    loader.load.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    loader.load.cache_clear()


def test_a_beginning_can_be_walked_and_has_every_clause_of_its_register():
    pack = parse(beginning("yueqing-2015"))
    assert [rule.id for rule in pack.rules] == register("yueqing-2015")
    assert ({rule.status for rule in pack.rules}, pack.prefix, pack_problems(pack)) == ({"not_enforceable"}, "YQ", [])
    assert [rule.id for rule in parse(beginning("somewhere-2026")).rules] == ["XX-1"]


def test_a_pack_begins_with_the_clauses_of_a_workbook(house):
    book = Workbook()
    for row in (
        HEADS,
        ["YL-1", "第一条", "目的", "说明", None],
        [None] * 5,
        ["YL-2", "第二条", '写"应"的', "应", "申报"],
    ):
        book.active.append(row)
    book.save(house / "clauses.xlsx")
    assert "somewhere-2026.toml" in told("new", "somewhere-2026", "--clauses", str(house / "clauses.xlsx"))
    purpose, duty = loader.load("somewhere-2026").rules
    assert (purpose.id, purpose.says, purpose.status, purpose.basis) == ("YL-1", "目的", "shown", "none")
    assert (duty.clause, duty.basis, duty.stage, duty.status) == ("第二条", "duty", "申报", "not_enforceable")
    assert (register("somewhere-2026"), problems(["somewhere-2026"])) == (["YL-1", "YL-2"], [])
    with pytest.raises(CommandError, match="已经有了"):
        told("new", "somewhere-2026")
    with pytest.raises(CommandError, match="代码只用小写字母"):
        told("new", "../outside")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("编号,条款,规定", "还缺 性质、阶段"),
        ("{heads}\nyl1,一,a,应,", "第 2 行:编号“yl1”写作"),
        ("{heads}\nYL-1,一,a,应,\nYL-1,二,b,应,", "第 3 行:编号“YL-1”写了两次"),
        ("{heads}\nYL-1,一,a,必须,", "第 2 行:性质“必须”写其中之一:不得、应、职责、范围、说明"),
        ("{heads}\nYL-1,一,a,b,应,申报", "第 2 行:多出了格子"),
    ],
)
def test_a_table_of_clauses_is_told_what_is_wrong_and_where(tmp_path, lines, message):
    path = tmp_path / "clauses.csv"
    path.write_text(lines.format(heads=",".join(HEADS)), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        clauses_in(path)


def test_a_successor_begins_as_a_copy_with_its_register_and_scenarios(house):
    told("new", "old-2020")
    (house / "scenarios/old-2020").mkdir()
    (house / "scenarios/old-2020/a.toml").write_text('title = "x"\npack = "old-2020"\n', encoding="utf-8")
    told("new", "new-2026", "--like", "old-2020")
    assert (loader.load("new-2026").code, register("new-2026")) == ("new-2026", ["XX-1"])
    assert (house / "scenarios/new-2026/a.toml").read_text(encoding="utf-8") == 'title = "x"\npack = "new-2026"\n'


CHANGES = [
    ('kinds = ["新建", "运行维护"]', 'kinds = ["新建"]', []),
    ("[moves.endorse]", "[moves.approve]", ["route 全部项目:“endorsed”到不了:从 filed 去要有 [moves.endorse]"]),
    ('"draft", "filed"]', '"filed"]', ["route:状态“draft”不在任何 [[stage]] 里"]),
    ('["draft", "filed", "endorsed", "b', '["draft", "endorsed", "b', ["从 draft 不能直接到“endorsed”"]),
    ("[records.filing]", "[records.filling]", ["没有登记事项“filling”(是不是“filing”?)"]),
]


@pytest.mark.parametrize(("old", "new", "messages"), CHANGES)
def test_routes_that_cannot_be_walked_are_told(old, new, messages):
    text = beginning("somewhere-2026")
    assert old in text
    found = pack_problems(parse(text.replace(old, new, 1)))
    assert [message in each for message, each in zip(messages, found, strict=True)] == [True] * len(messages)


CONDITIONS = [
    ('{ fact = "项目投资额", test = "yes" }', "没有事实“项目投资额”(是不是“project.investment”"),
    ('{ fact = "project.investment", test = "at_least", value = 123456 }', "金额写两位小数"),
    ('{ fact = "project.investment", test = "yes" }', "不能用 yes 比较"),
    ('{ fact = "expert_review.conclusion", test = "equals", value = "好" }', "不会是“好”,有 通过、未通过、修改后再审"),
    ('{ fact = "project.kind", test = "one_of", value = "新建" }', "value 要写成列表"),
    ('{ fact = "project.kind", test = "equals", value = "新健" }', "不会是“新健”,有 新建、运行维护"),
    ('{ fact = "project.categories", test = "equals", value = "其他" }', "是列表,用 contains"),
]


@pytest.mark.parametrize(("condition", "message"), CONDITIONS)
def test_a_comparison_that_cannot_hold_is_told(condition, message):
    (found,) = pack_problems(parse(with_rule(f"require = [{condition}]")))
    assert found.startswith("rule XX-2:") and message in found


def with_rule(body: str) -> str:
    return beginning("x-1") + f'\n[[rule]]\nid = "XX-2"\nclause = "二"\nsays = "s"\nmoves = ["endorse"]\n{body}\n'


def test_a_remedy_that_nobody_can_record_and_a_strange_demand_for_a_document_are_told():
    body = 'require = [{ fact = "expert_review.recorded", test = "yes" }]\nremedy = "expert_review"\n'
    slot = '[[material]]\ncode = "plan"\nname = "方案"\nrule = "XX-2"\nrequired = "allways"\n'
    assert pack_problems(parse(with_rule(body) + slot)) == [
        "rule XX-2:“expert_review”在本规则包里登记不了,要有 [records.expert_review]",
        "material plan:没有要求(required)“allways”(是不是“always”?)",
    ]


def test_a_refusal_without_a_way_out_is_hinted_at():
    body = 'require = [{ fact = "expert_review.recorded", test = "yes" }]\n'
    record = '[records.expert_review]\nby = ["centre"]\n'
    assert hints(parse(with_rule(body) + record)) == [
        'rule XX-2:拦下后不会提示到哪里补正,可加 remedy = "expert_review"'
    ]
    (closed,) = hints(parse(with_rule(f'{body}remedy = "expert_review"\n') + record))
    assert closed.startswith("rule XX-2:拦下时“expert_review”不能登记(项目在 filed)")
    assert hints(parse(with_rule(f'{body}remedy = "expert_review"\n') + record + 'open_in = ["filed"]\n')) == []


def test_figures_that_only_the_words_still_say_are_hinted_at():
    when = 'when = [{ fact = "project.investment", test = "at_least", value = 654321.00 }]\n'
    said = 'message = "投资 70 万元以上的应先评审。"\n'
    (hint,) = hints(parse(with_rule(when + said)))
    assert hint == "rule XX-2:文字里写“70万元”,条件里却是 654,321.00"
    assert hints(parse(with_rule(when + said.replace("70", "65.4321")))) == []


def test_words_are_found_by_their_label():
    said = told("words", "专家评审意见").splitlines()
    assert said[:2] == [
        "登记  expert_review  专家评审意见(评审;通常由 centre)",
        "事实  expert_review.conclusion  专家结论(通过/未通过/修改后再审)",
    ]
    with pytest.raises(CommandError, match="换一个词试试"):
        told("words", "没有这样的词")
