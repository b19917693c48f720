"""Here: the page of a project's money and payments. Not here: what may be paid (test_payment.py)."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget.behind import behind
from budget.models import Payment
from budget.panels import bars, broken
from budget.rehearsal import rehearse, rooms
from organizations.models import AuditEvent
from projects.investment import CHANGE, set_investment

pytestmark = pytest.mark.django_db
TYPED = {"amount": "100.00", "kind": "建设资金", "paid_on": "2026-03-02", "payee": "某公司"}


def send(client, city, project, person="finance", htmx=False, **data):
    """Post to the page."""
    client.force_login(city.users[person])
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse("budget:payments", args=[project.number]), data, headers=headers)


def get(client, city, project, person="finance"):
    """Open the page."""
    client.force_login(city.users[person])
    return client.get(reverse("budget:payments", args=[project.number]))


def test_the_rules_stand_on_the_page_before_anything_is_typed(city, client):
    page = get(client, city, city.project("contracted")).content.decode()
    assert "YQ-3.7-11" in page
    assert "项目尚未验收通过,不得拨付建设资金。" in page
    assert 'name="amount"' in page


@pytest.mark.parametrize(
    ("state", "kind", "mark"),
    [("contracted", "建设资金", "暂不能"), ("contracted", "设计费", "可以"), ("accepted", "建设资金", "可以")],
)
def test_while_typing_the_verdicts_come_and_nothing_is_recorded(city, client, state, kind, mark):
    project = city.project(state)
    audited = AuditEvent.objects.count()
    answer = send(client, city, project, htmx=True, rehearse="1", **{**TYPED, "kind": kind})
    assert answer.status_code == 200
    assert f">{mark}<" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert (Payment.objects.count(), AuditEvent.objects.count() - audited) == (0, 1)  # the sign-in


def test_too_much_is_said_with_the_figures_while_typing(city, client):
    project = city.project("accepted", "500000.00", fields={"contract": {"amount": "300000.00"}})
    found = rehearse(project, {"amount": "300000.01", "kind": "建设资金"}, actor=city.users["finance"])
    assert found.errors == [("拨付金额(元)", "超出合同总额:还可拨付 300,000.00 元。")]
    assert not found.allows
    assert rehearse(project, {"amount": "300000.00", "kind": "建设资金"}, actor=city.users["finance"]).allows


@pytest.mark.parametrize("amount", ["一百", "-1", "0.001", "NaN"])
def test_an_unreadable_amount_is_said_and_kept(city, client, amount):
    project = city.project("accepted")
    assert send(client, city, project, htmx=True, rehearse="1", **{**TYPED, "amount": amount}).status_code == 200
    answer = send(client, city, project, **{**TYPED, "amount": amount})
    assert answer.status_code == 400
    assert f'value="{amount}"' in answer.content.decode()


def test_without_javascript_the_button_tries_and_keeps_what_was_typed(city, client):
    project = city.project("accepted")
    answer = send(client, city, project, rehearse="1", **TYPED)
    assert answer.status_code == 200
    assert 'value="100.00"' in answer.content.decode()
    assert Payment.objects.count() == 0


def test_a_payment_is_recorded_through_the_door(city, client):
    project = city.project("accepted")
    answer = send(client, city, project, **TYPED)
    assert (answer.status_code, answer["Location"]) == (302, reverse("budget:payments", args=[project.number]))
    assert Payment.objects.get().amount == Decimal("100.00")


def test_a_refusal_names_the_clause_and_keeps_what_was_typed(city, client):
    project = city.project("contracted")
    answer = send(client, city, project, **TYPED)
    assert answer.status_code == 409
    assert "YQ-3.7-11" in answer.content.decode()
    assert 'value="100.00"' in answer.content.decode()
    assert Payment.objects.count() == 0


@pytest.mark.parametrize("person", ["applicant", "centre", "audit"])
def test_others_see_the_money_and_no_form(city, client, person):
    project = city.project("accepted", "480000.00")
    answer = get(client, city, project, person)
    assert "480,000.00" in answer.content.decode()
    assert 'name="amount"' not in answer.content.decode()
    assert send(client, city, project, person, rehearse="1", **TYPED).status_code == 403


def test_each_figure_has_the_lines_it_comes_from(city, put):
    project = city.project("accepted", "500000.00", fields={"contract": {"amount": "300000.00"}})
    put(project, "payment", kind="设计费", amount="10.50")
    put(project, "payment", kind="建设资金", amount="20.00")
    found = {each.name: each for each in behind(project)}
    for name in ("declared", "reviewed", "allocated", "contracted", "paid"):
        at = 3 if name == "reviewed" else -1
        assert sum(row[at] for row in found[name].rows) == found[name].amount, name
    assert (found["paid"].amount, found["approved"].rows[-1][-1]) == (Decimal("30.50"), Decimal("500000.00"))
    set_investment(project, Decimal("510000.00"), CHANGE, actor=city.users["finance"])
    assert {each.name: each for each in behind(project)}["approved"].rows[-1][-1] == Decimal("510000.00")


def test_what_is_left_by_kind(city, put):
    project = city.project("accepted", "500000.00", fields={"contract": {"amount": "300000.00"}})
    put(project, "payment", kind="建设资金", amount="100.00")
    left = {each.kind: (each.paid, each.left, each.limit) for each in rooms(project)}
    assert left["建设资金"] == (Decimal("100.00"), Decimal("299900.00"), "合同总额")
    assert left["设计费"] == (Decimal("0.00"), Decimal("499900.00"), "批准预算")
    assert {each.left for each in rooms(city.project("filed", name="排水监测平台"))} == {None}


def test_the_bar_says_what_is_open_and_where_the_chain_breaks(city, put):
    project = city.project("accepted", "500000.00", fields={"contract": {"amount": "300000.00"}})
    put(project, "payment", kind="建设资金", amount="100.00")
    assert (bars(project).open, bars(project).broken) == (Decimal("299900.00"), [])
    amounts = {"approved": Decimal(5), "allocated": None, "contracted": Decimal(6), "paid": Decimal(6)}
    assert broken(amounts) == ["合同 6.00 元大于批复 5.00 元"] or broken(amounts) == ["合同 6 元大于批复 5 元"]


def test_the_queries_do_not_grow_with_the_payments(city, client, put):
    project, counts = city.project("accepted"), []
    for more in (2, 18):
        for _ in range(more):
            put(project, "payment")
        get(client, city, project)
        with CaptureQueriesContext(connection) as seen:
            get(client, city, project)
        counts.append(len(seen))
    assert counts[0] == counts[1]
