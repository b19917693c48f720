"""Here: locking a year's plan, unlocking it with a reason, and refusing what a lock forbids. Not here: the plan itself."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from budget.models import PlanLock
from budget.sheets import FINANCE
from organizations import audit, clock
from organizations.models import Jurisdiction
from organizations.roles import office_roles
from projects import events
from projects.errors import Closed, Invalid


def current_lock(jurisdiction_id: int, year: int) -> PlanLock | None:
    """The lock in force, or None."""
    newest = PlanLock.objects.filter(jurisdiction_id=jurisdiction_id, year=year).select_related("made_by").first()
    return newest if newest and newest.locked else None


def only_finance(actor, jurisdiction_id: int, doing: str) -> None:
    """Raise PermissionDenied for everybody else."""
    if FINANCE not in office_roles(actor, jurisdiction_id):
        raise PermissionDenied(f"{doing}由财政局办理")


def refuse_when_locked(jurisdiction_id: int, year: int) -> None:
    """Raise Closed, saying since when, by whom, and who can unlock."""
    if lock := current_lock(jurisdiction_id, year):
        raise Closed(in_words(lock))


def in_words(lock: PlanLock) -> str:
    """Why nothing can be changed now and what to do about it."""
    return (
        f"{lock.year}年度计划已于 {lock.made_on.isoformat()} 由{lock.made_by.display_name}锁定,"
        "次序、可用财力和该年度的资金安排不能改动;需要改动的,请财政局在年度计划页写明理由解锁。"
    )


@transaction.atomic
def lock_plan(*, actor, jurisdiction: Jurisdiction, year: int, note: str = "") -> PlanLock:
    """Finance locks the plan of a year. Raises PermissionDenied, and Closed when it is locked already."""
    only_finance(actor, jurisdiction.pk, "锁定年度计划")
    refuse_when_locked(jurisdiction.pk, year)
    lock = _turn(actor, jurisdiction, year, locked=True, reason=note)
    events.happened("plan", project=None, actor=actor, lock=lock)
    return lock


@transaction.atomic
def unlock_plan(*, actor, jurisdiction: Jurisdiction, year: int, reason: str) -> PlanLock:
    """Finance unlocks it and says why. Raises PermissionDenied, Invalid without a reason, Closed when it is not locked."""
    only_finance(actor, jurisdiction.pk, "解锁年度计划")
    if not reason.strip():
        raise Invalid("请写明解锁理由。", {"reason": [{"message": "请写明解锁理由。", "code": "required"}]})
    if current_lock(jurisdiction.pk, year) is None:
        raise Closed(f"{year}年度计划没有锁定。")
    return _turn(actor, jurisdiction, year, locked=False, reason=reason.strip())


def _turn(actor, jurisdiction: Jurisdiction, year: int, *, locked: bool, reason: str) -> PlanLock:
    Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)  # one after the other
    audit.record(actor, "plan.lock" if locked else "plan.unlock", target=f"{jurisdiction.code} {year}", reason=reason)
    return PlanLock.objects.create(
        jurisdiction=jurisdiction, year=year, locked=locked, reason=reason[:500], made_by=actor, made_at=clock.now(),
        made_on=clock.today(),
    )  # fmt: skip
