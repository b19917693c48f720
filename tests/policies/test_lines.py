"""Here: the lines of money that a pack draws. Not here: what is asked beyond them (test_obligations.py, scenarios)."""

from decimal import Decimal

from policies.differences import Span, spans
from policies.lines import Line, lines
from tests.policies.packs import HEAD, RULE, pack

WHEN = 'when = [{{ fact = "project.investment", test = "{}", value = 500.00 }}]'


def drawn(test: str):
    return pack(f'{RULE}moves = ["file"]\n{WHEN.format(test)}')


def test_both_sides_of_a_line_are_one_line():
    assert lines(drawn("at_least")) == lines(drawn("below")) == [Line(Decimal("500.00"), "at_least")]
    assert lines(drawn("above")) == lines(drawn("at_most")) == [Line(Decimal("500.00"), "above")]


def test_the_floor_of_a_scope_is_a_line():
    scope = '[{ fact = "project.in_scope", test = "yes" }]'
    floor = HEAD.replace(scope, '[{ fact = "project.investment", test = "at_least", value = 7.00 }]')
    assert lines(pack(head=floor)) == [Line(Decimal("7.00"), "at_least")]


def test_an_amount_on_the_line_has_passed_it_only_where_the_line_counts():
    at_least, above = Line(Decimal("500.00"), "at_least"), Line(Decimal("500.00"), "above")
    assert (at_least.first, above.first) == (Decimal("500.00"), Decimal("500.01"))
    assert (at_least.passed(Decimal("500.00")), above.passed(Decimal("500.00"))) == (True, False)
    assert (at_least.passed(Decimal("499.99")), above.passed(Decimal("500.01")), above.passed(None)) == (False, True, False)


def test_spans_end_where_a_line_is_passed():
    assert spans(drawn("above"), drawn("above")) == [
        Span(Decimal("0.00"), Decimal("500.00")), Span(Decimal("500.01"), None),
    ]  # fmt: skip
