"""Here: what the loader refuses, and with which hint. Not here: what a sound pack says."""

import pytest

from policies import loader
from policies.loader import PackError, available, load, parse
from tests.policies.packs import HEAD, RULE, pack, rule


def refusal(text: str) -> str:
    """The message with which the loader refuses a pack."""
    with pytest.raises(PackError) as error:
        parse(text)
    return str(error.value)


@pytest.mark.parametrize("test", ["=>", ">=", "atleast", "ge", "AT_LEAST", ""])
def test_an_unknown_test_is_refused(test: str) -> None:
    text = f'{HEAD}{RULE}moves = ["file"]\nrequire = [{{ fact = "x", test = "{test}", value = 1 }}]'
    assert f"没有“{test}”这种比较" in refusal(text)


def test_the_nearest_test_is_named() -> None:
    text = f'{HEAD}{RULE}moves = ["file"]\nrequire = [{{ fact = "x", test = "at_leest", value = 1 }}]'
    assert refusal(text) == "rule P-1:没有“at_leest”这种比较(是不是“at_least”?)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{HEAD}{RULE}sayz = 'x'", "rule P-1:没有“sayz”这一项(是不是“says”?)"),
        (
            f"{HEAD}{RULE}moves = ['file']\nrequires = []",
            "rule P-1:没有“requires”这一项(是不是“require”?)",
        ),
        (f"{HEAD}{RULE}moves = ['file']\nwhen = [{{ fact = 'x', test = 'yes', valeu = 1 }}]", "没有“valeu”这一项(是不是“value”?)"),
        (f"{HEAD}{RULE}[rulez]\na = 1", "没有这样的表:rulez(是不是“rule”?)"),
        (f"{HEAD}{RULE}{RULE}", "rule P-1:编号“P-1”写了两次"),
        (f"{HEAD}{RULE}status = 'enforce'", "rule P-1:status 没有“enforce”,有 enforced、shown、not_enforceable"),
        (f"{HEAD}{RULE}status = 'not_enforceable'", "status 为“not_enforceable”的要用 because 写明理由"),
        (f"{HEAD}{RULE}moves = ['file']\nseverity = 'warn'", "severity 没有“warn”,有 refuse、flag"),
        (f"{HEAD}{RULE}message = 'x'", "要写明何时检查"),
        (f"{HEAD}rule = 'P-9'\n{RULE}", "moves.file:没有编号为“P-9”的规则(是不是“P-1”?)"),
        (f"{HEAD}[moves.endorse]\nby = ['center']", "moves.endorse:[offices] 里没有“center”(是不是“centre”?)"),
        (f"{HEAD}[[deadline]]\ncode = 'd'", "deadline d:还缺 rule、label、start、until、who"),
        (
            HEAD.replace("scope", "claims_rule = 'P-9'\nscope", 1) + RULE,
            "pack:没有编号为“P-9”的规则(是不是“P-1”?)",
        ),
        (HEAD.replace("scope", "sees_below = ['center']\nscope", 1), "pack:[offices] 里没有“center”"),
        (
            HEAD.replace("scope", "claims = [{ fact = 'x', test = 'yes' }]\nscope", 1).replace(
                "[[route]]", "[[route]]\nkinds = ['运维']"
            ),
            "pack:有“claims”的,要有一条不写 kinds 和 origins 的路线",
        ),
        (HEAD.replace("title", "validity = 'expired'\ntitle", 1), "pack:validity 没有“expired”"),
        (f"{HEAD}[moves.endorse]\nby = 'centre'", '“by”要写成列表,如 by = ["centre"]'),
        (HEAD.replace("2020-06-01", "'2020-06-01'"), "“effective_from”是日期,不加引号"),
        (f"{HEAD}[[stage]]\nname = '申报'\nstats = []", "stage 申报:没有“stats”这一项(是不是“states”?)"),
        (f"{HEAD}[[stage]]\nname = '申报'", "stage 申报:还缺 states"),
        (f"{HEAD}{RULE}message = “x”", "等号后面的写法不对"),
        ("[pack", "TOML 写法有误:表名的方括号没有成对"),
        ("[pack]\ncode = 'half'", "pack:还缺 prefix、title、doc_no、issuer、jurisdiction、effective_from"),
    ],
)
def test_a_pack_with_a_fault_is_refused_with_its_place(text: str, message: str) -> None:
    assert message in refusal(text)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ('{ fact = "x", test = "at_least" }', "要写且只写一个"),
        ('{ fact = "x", test = "at_least", value = 1, other = "y" }', "要写且只写一个"),
        ('{ fact = "x", test = "yes", value = true }', "不写 value"),
    ],
)
def test_a_condition_has_exactly_the_bounds_its_test_needs(condition: str, told: str) -> None:
    said = refusal(f"{HEAD}{RULE}moves = ['file']\nrequire = [{condition}]")
    assert said.startswith("rule P-1:“x”用 ") and said.endswith(told)


def test_a_bad_basis_is_refused() -> None:
    text = f"{HEAD}{RULE}".replace('basis = "duty"', 'basis = "dutty"')
    assert refusal(text) == "rule P-1:basis 没有“dutty”,有 text、scope、competence、duty、none"


def test_an_unknown_pack_is_named_with_the_nearest() -> None:
    with pytest.raises(PackError, match=r"是不是“yueqing-2015”"):
        load("yueqing-2014")


def test_amounts_are_read_exactly() -> None:
    book = rule('require = [{ fact = "project.investment", test = "at_most", value = 0.10 }]')
    assert str(book.rules[0].checks[0].require[0].value) == "0.10"


def test_a_part_is_read_with_its_pack_and_is_no_pack_of_its_own(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(loader, "FOLDER", tmp_path)
    (tmp_path / "probe.toml").write_text(HEAD + RULE, encoding="utf-8")
    (tmp_path / "probe.guides.toml").write_text(RULE.replace("P-1", "G-1") + 'source = "指南"\n', encoding="utf-8")
    book = loader.load.__wrapped__("probe")
    assert available() == ["probe"]
    assert [(rule.id, book.document(rule)) for rule in book.rules] == [("P-1", "试〔2020〕1号"), ("G-1", "指南")]
    with pytest.raises(PackError, match=r"没有规则包“probe\.guides”"):
        loader.load.__wrapped__("probe.guides")


def test_the_digest_names_the_exact_text() -> None:
    assert pack(RULE).digest == pack(RULE).digest
    assert pack(RULE).digest != pack(RULE + "\n").digest


def test_the_most_specific_route_wins() -> None:
    book = pack(head=HEAD + '[[route]]\nkinds = ["运维"]\nstates = ["draft", "filed", "endorsed"]\n')
    assert book.route_for("新建") == ("draft", "filed")
    assert book.route_for("运维") == ("draft", "filed", "endorsed")


def test_the_governing_role_and_audit_look_below_unless_the_pack_says_otherwise() -> None:
    assert pack().looks_below == {"gov_office", "audit"}
    assert pack(head=HEAD.replace("scope", "sees_below = ['centre']\nscope", 1)).looks_below == {"centre"}
    assert pack(head=HEAD.replace("scope", "sees_below = []\nscope", 1)).looks_below == frozenset()


@pytest.mark.parametrize("code", available())
def test_every_pack_in_the_house_loads(code: str) -> None:
    assert load(code).code == code
