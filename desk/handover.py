"""Here: 交接, a person's open work going to a colleague of the same unit. Not here: handing on one duty (handing.py)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from desk.audience import colleagues
from desk.models import ConsultationAnswer, Duty, DutyAssignment
from desk.queues import person as queue_of_person
from organizations import audit, clock
from organizations.models import Delegation, Post, User
from projects.errors import Invalid
from projects.models import Project
from projects.states import State


@dataclass(frozen=True)
class OpenWork:
    """What is tied to one person. Everything else lies with unit and office, and stays there by itself."""

    duties: list[Duty]
    drafts: list[Project]
    questions: list[ConsultationAnswer]
    given: list[Delegation]
    held: list[Delegation]

    @property
    def counts(self) -> dict[str, int]:
        """How much of each there is, by name."""
        return {name: len(getattr(self, name)) for name in self.__dataclass_fields__}

    @property
    def empty(self) -> bool:
        """Nothing is tied to this person."""
        return not any(self.counts.values())


def may_hand_over(actor: User, person: User) -> bool:
    """The system administrator for everybody; the head of a unit for the people of the unit."""
    if actor.post == Post.SYSTEM_ADMIN:
        return actor.is_active and person.organization_id is not None
    return actor.is_business and actor.post == Post.HEAD and actor.organization_id == person.organization_id


def open_work(person: User) -> OpenWork:
    """Everything that would stay behind, a fixed number of queries."""
    current = Delegation.objects.filter(ends_on__gte=clock.today()).select_related("principal", "delegate")
    asked = ConsultationAnswer.objects.filter(to=queue_of_person(person.pk), opinion="", consultation__settled_at=None)
    drafts = Project.objects.filter(created_by=person, department=person.organization_id, state=State.DRAFT)
    return OpenWork(
        duties=list(Duty.objects.filter(assignee=person).select_related("project").order_by("id")),
        drafts=list(drafts.order_by("id")),
        questions=list(asked.select_related("consultation__project").order_by("id")),
        given=list(current.filter(principal=person)),
        held=list(current.filter(delegate=person)),
    )


@transaction.atomic
def hand_over(person: User, taker_id: int | None, *, actor: User) -> OpenWork:
    """Give a colleague everything tied to `person`; delegations to and by the person end. Returns what went.

    Raises PermissionDenied for a stranger, Invalid for somebody who cannot take over.
    """
    if not may_hand_over(actor, person):
        raise PermissionDenied("交接由系统管理员或本单位负责人办理。")
    taker = colleagues(person).filter(pk=taker_id).first()
    if taker is None:
        message = "请选择本单位在岗的同事。"
        raise Invalid("请按提示修改。", {"taker": [{"message": message, "code": "invalid"}]})
    work = open_work(person)
    _give_duties(work.duties, taker, actor)
    _give_drafts(work.drafts, taker, actor)
    _give_questions(work.questions, taker, actor)
    _end(work.given + work.held)
    audit.record(actor, "handover", person.username, taker=taker.username, **work.counts)
    return work


def _give_duties(duties: list[Duty], taker: User, actor: User) -> None:
    Duty.objects.filter(pk__in=[each.pk for each in duties]).update(assignee=taker)
    for duty in duties:
        DutyAssignment.objects.create(
            project=duty.project, duty=duty, label=duty.label, giver=actor, taker=taker, note="交接", at=clock.now()
        )
        audit.record(actor, "hand", target=taker, project_id=duty.project_id, label=duty.label, note="交接")


def _give_drafts(drafts: list[Project], taker: User, actor: User) -> None:
    Project.objects.filter(pk__in=[each.pk for each in drafts]).update(created_by=taker)
    for draft in drafts:
        audit.record(actor, "draft.hand", target=taker, project_id=draft.pk)


def _give_questions(questions: Iterable[ConsultationAnswer], taker: User, actor: User) -> None:
    """A question the colleague was asked as well stays as it is: one person does not answer twice."""
    queue = queue_of_person(taker.pk)
    for question in questions:
        if not question.consultation.answers.filter(to=queue).exists():
            question.to, question.to_name = queue, taker.get_full_name()
            question.save(update_fields=["to", "to_name"])
            Duty.objects.filter(kind=Duty.CONSULT, name=str(question.pk)).update(holder=queue)
            audit.record(actor, "consult.hand", target=taker, project_id=question.consultation.project_id)


def _end(delegations: list[Delegation]) -> None:
    """As taking back: one that has begun ends with today, one that has not begun disappears."""
    today = clock.today()
    for each in delegations:
        if each.starts_on > today:
            each.delete()
        else:
            each.ends_on = today
            each.save(update_fields=["ends_on"])
