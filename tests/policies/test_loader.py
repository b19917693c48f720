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
    assert f"unknown test {test!r}" in refusal(text)


def test_the_nearest_test_is_named() -> None:
    text = f'{HEAD}{RULE}moves = ["file"]\nrequire = [{{ fact = "x", test = "at_leest", value = 1 }}]'
    assert refusal(text) == "probe rule P-1: unknown test 'at_leest' (did you mean 'at_least'?)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{HEAD}{RULE}sayz = 'x'", "probe rule P-1: unknown field 'sayz' (did you mean 'says'?)"),
        (
            f"{HEAD}{RULE}moves = ['file']\nrequires = []",
            "probe rule P-1: unknown field 'requires' (did you mean 'require'?)",
        ),
        (f"{HEAD}{RULE}moves = ['file']\nwhen = [{{ fact = 'x', test = 'yes', valeu = 1 }}]", "unknown field 'valeu'"),
        (f"{HEAD}{RULE}[rulez]\na = 1", "probe: unknown tables rulez"),
        (f"{HEAD}{RULE}{RULE}", "probe: rule P-1 stands twice"),
        (f"{HEAD}{RULE}status = 'enforce'", "status 'enforce' (did you mean 'enforced'?)"),
        (f"{HEAD}{RULE}status = 'not_enforceable'", "needs `because`"),
        (f"{HEAD}{RULE}moves = ['file']\nseverity = 'warn'", "severity 'warn'"),
        (f"{HEAD}{RULE}message = 'x'", "a check needs moves, records or standing = true"),
        (f"{HEAD}rule = 'P-9'\n{RULE}", "unknown rule 'P-9' (did you mean 'P-1'?)"),
        (f"{HEAD}[moves.endorse]\nby = ['center']", "unknown office 'center' (did you mean 'centre'?)"),
        (f"{HEAD}[[deadline]]\ncode = 'd'", "needs rule, label, start, until, who"),
        (
            HEAD.replace("scope", "claims_rule = 'P-9'\nscope", 1) + RULE,
            "probe claims_rule: unknown rule 'P-9' (did you mean 'P-1'?)",
        ),
        (HEAD.replace("scope", "sees_below = ['center']\nscope", 1), "probe sees_below: unknown office 'center'"),
        (
            HEAD.replace("scope", "claims = [{ fact = 'x', test = 'yes' }]\nscope", 1).replace(
                "[[route]]", "[[route]]\nkinds = ['运维']"
            ),
            "probe claims: needs a route for every kind and origin, for what comes from below",
        ),
        (HEAD.replace("title", "validity = 'expired'\ntitle", 1), "probe: validity 'expired'"),
        ("[pack", "not valid TOML"),
        ("[pack]\ncode = 'half'", "half pack: needs prefix, title, doc_no, issuer, jurisdiction, effective_from"),
    ],
)
def test_a_pack_with_a_fault_is_refused_with_its_place(text: str, message: str) -> None:
    assert message in refusal(text)


@pytest.mark.parametrize(
    "condition",
    [
        '{ fact = "x", test = "at_least" }',
        '{ fact = "x", test = "at_least", value = 1, other = "y" }',
        '{ fact = "x", test = "yes", value = true }',
    ],
)
def test_a_condition_has_exactly_the_bounds_its_test_needs(condition: str) -> None:
    assert "needs exactly one of value, other, parameter" in refusal(
        f"{HEAD}{RULE}moves = ['file']\nrequire = [{condition}]"
    )


def test_a_bad_basis_is_refused() -> None:
    text = f"{HEAD}{RULE}".replace('basis = "duty"', 'basis = "dutty"')
    assert refusal(text) == "probe rule P-1: basis 'dutty' (did you mean 'duty'?)"


def test_an_unknown_pack_is_named_with_the_nearest() -> None:
    with pytest.raises(PackError, match=r"did you mean 'yueqing-2015'"):
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
    with pytest.raises(PackError, match=r"no pack .probe\.guides."):
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
