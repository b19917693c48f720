"""Here: 转办, handing a duty to a colleague of the same office. Not here: who may decide (that stays the office's)."""

from django.db import transaction

from desk.models import Duty, DutyAssignment
from desk.notices import tell
from desk.queues import desks, person
from organizations import audit, clock
from organizations.models import BUSINESS_POSTS, User
from projects.errors import Forbidden, Invalid

LONGEST = 500


def handable(project, user):
    """The duties of this project that lie on one of this person's desks."""
    return project.duties.filter(holder__in=desks(user)).select_related("assignee").order_by("id")


@transaction.atomic
def hand(project, duty_id: int, *, actor, taker_id: int | None, note: str = "") -> Duty:
    """Let a colleague work on a duty; without a taker it is everybody's of the unit again. Raises Invalid, Forbidden."""
    duty = handable(project, actor).select_for_update(of=("self",)).filter(pk=duty_id).first()
    if duty is None:
        raise Forbidden("这件事项不在您单位的待办里,可能已经办结。")
    if len(note) > LONGEST or "\x00" in note:
        raise _invalid("note", f"说明不超过{LONGEST}字。")
    taker = _colleague(actor, taker_id) if taker_id is not None else None
    duty.assignee = taker
    duty.save(update_fields=["assignee"])
    audit.record(actor, "hand", target=taker or "交回", project_id=project.pk, label=duty.label, note=note)
    if taker is not None:
        _note_and_tell(duty, project, actor, taker, note)
    return duty


def _colleague(actor, pk: int) -> User:
    unit = User.objects.filter(organization=actor.organization_id, is_active=True, post__in=BUSINESS_POSTS)
    found = unit.filter(pk=pk).first()
    if found is None:
        raise _invalid("taker", "请选择本单位在岗的同事。")
    return found


def _note_and_tell(duty: Duty, project, actor, taker: User, note: str) -> None:
    handed = DutyAssignment.objects.create(
        project=project, duty=duty, label=duty.label, giver=actor, taker=taker, note=note, at=clock.now()
    )
    if taker.pk != actor.pk:
        said = f"{actor.get_full_name()}把“{duty.label}”转给您办理" + (f":{note}" if note else "。")
        tell([person(taker.pk)], said, event="hand", key=f"hand:{handed.pk}", project=project)


def _invalid(field: str, message: str) -> Invalid:
    return Invalid("请按提示修改。", {field: [{"message": message, "code": "invalid"}]})
