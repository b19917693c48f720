"""Here: which delegations may be made. Not here: what they convey (see test_roles)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organizations.models import Delegation, Post

DAY = date(2026, 3, 10)


def errors_of(principal, delegate, starts_on=DAY, ends_on=DAY) -> dict[str, list[str]]:
    delegation = Delegation(principal=principal, delegate=delegate, starts_on=starts_on, ends_on=ends_on, reason="出差")
    try:
        delegation.full_clean()
    except ValidationError as refusal:
        return refusal.message_dict
    return {}


@pytest.fixture
def head(person, bureau):
    return person("head", bureau, Post.HEAD)


@pytest.fixture
def clerk(person, bureau):
    return person("clerk", bureau)


def test_a_colleague_for_one_day(head, clerk):
    assert errors_of(head, clerk) == {}


def test_not_to_another_unit(head, centre, person):
    assert errors_of(head, person("other", centre)) == {"delegate": ["只能委托给本单位的人员。"]}


def test_not_to_oneself(head):
    assert errors_of(head, head) == {"__all__": ["不能委托给本人。"]}


def test_not_backwards(head, clerk):
    assert errors_of(head, clerk, DAY, DAY - timedelta(days=1)) == {"__all__": ["结束日期不能早于开始日期。"]}


@pytest.mark.parametrize("post", [Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN])
def test_administrators_neither_give_nor_hold(head, person, bureau, post):
    administrator = person("admin", bureau, post)
    assert errors_of(head, administrator) == {"delegate": ["受托人须是在岗的经办人或负责人。"]}
    assert errors_of(administrator, head) == {"__all__": ["委托人须是在岗的经办人或负责人。"]}


def test_not_to_somebody_who_has_left(head, person, bureau):
    assert list(errors_of(head, person("gone", bureau, is_active=False))) == ["delegate"]


def test_a_delegate_does_not_pass_it_on(head, clerk, person, bureau, delegate_to):
    delegate_to(head, clerk, DAY, DAY + timedelta(days=5))
    third = person("third", bureau)
    last = DAY + timedelta(days=5)
    assert errors_of(clerk, third, last, last) == {"__all__": ["委托人在这段时间里本身是受托人，不能转委托。"]}
    assert errors_of(clerk, third, last + timedelta(days=1), last + timedelta(days=1)) == {}


def test_nobody_delegates_to_somebody_who_has_delegated(head, clerk, person, bureau, delegate_to):
    delegate_to(clerk, person("third", bureau), DAY, DAY + timedelta(days=5))
    eve = DAY - timedelta(days=1)
    refused = {"delegate": ["受托人在这段时间里已把工作委托他人，不能再受托。"]}
    assert errors_of(head, clerk, eve, DAY) == refused
    assert errors_of(head, clerk, eve, eve) == {}


def test_an_edit_does_not_collide_with_itself(head, clerk, delegate_to):
    delegation = delegate_to(head, clerk)
    delegation.ends_on = DAY + timedelta(days=1)
    delegation.full_clean()


def test_the_database_refuses_too(head, clerk, delegate_to):
    with pytest.raises(IntegrityError), transaction.atomic():
        delegate_to(head, head)
    with pytest.raises(IntegrityError), transaction.atomic():
        delegate_to(head, clerk, DAY, date(2026, 3, 9))
