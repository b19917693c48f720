"""Here: what is recorded stays recorded. Not here: which acts are recorded (see test_views, test_admin)."""

from datetime import date
from decimal import Decimal

import pytest

from organizations import audit, clock
from organizations.models import AppendOnlyError, AuditEvent

pytestmark = pytest.mark.django_db


def test_record_keeps_who_what_whom_and_details(person, bureau):
    user = person("li", bureau, display_name="李华")
    with clock.at(date(2026, 3, 10)), audit.coming_from("10.0.0.7"):
        audit.record(user, "budget_set", "预算 1", project_id=7, amount=Decimal("1.10"), day=date(2026, 3, 9))
    event = AuditEvent.objects.get()
    assert (event.actor, event.actor_name, event.action, event.target) == (user, "李华", "budget_set", "预算 1")
    assert (event.project_id, event.ip) == (7, "10.0.0.7")
    assert event.detail == {"amount": "1.10", "day": "2026-03-09"}
    assert event.at.astimezone(clock.ZONE).date() == date(2026, 3, 10)


def test_the_system_acts_without_actor_and_address():
    event = audit.record(None, "sweep")
    assert (event.actor, event.actor_name, event.target, event.project_id, event.ip) == (None, "", "", None, None)


def test_a_record_is_one_line_and_bounded():
    event = audit.record(None, "login_failed", "a\r\nadmin logged in\x00" + "x" * 300, actor_name="b\nc")
    assert event.target == "a  admin logged in " + "x" * 181
    assert event.actor_name == "b c"


def test_nothing_recorded_can_be_changed_or_removed():
    event = audit.record(None, "sweep")
    event.action = "nothing"
    attempts = [
        event.save,
        event.delete,
        lambda: AuditEvent.objects.update(action="nothing"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.bulk_update([event], ["action"]),
        lambda: AuditEvent.objects.bulk_create([event], update_conflicts=True),
    ]
    for attempt in attempts:
        with pytest.raises(AppendOnlyError, match="操作记录只增不改，不能修改或删除。"):
            attempt()
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["sweep"]


def test_a_loaded_event_cannot_be_saved():
    audit.record(None, "sweep")
    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.get().save()


def test_rooms_name_their_actions(monkeypatch):
    monkeypatch.setattr(audit, "ACTION_LABELS", dict(audit.ACTION_LABELS))
    audit.name_actions({"budget_set": "下达预算"})
    assert audit.ACTION_LABELS["budget_set"] == "下达预算"
    assert audit.ACTION_LABELS["login"] == "登录"
