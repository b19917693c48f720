"""Here: what would be said of a payment if it were put on file now. Not here: putting it on file (projects.evidence)."""

from dataclasses import dataclass

from django.db import transaction

from budget.forms_payment import PaymentForm
from budget.models import Payment
from budget.money import paid, room_for_payment
from budget.sheets import FINANCE
from policies.verdicts import Verdict
from projects.evidence import EVIDENCE
from projects.judgement import consider


@dataclass(frozen=True)
class Rehearsal:
    """The verdicts, the ones that matter first, and what is wrong with the fields typed so far."""

    verdicts: tuple[Verdict, ...]
    errors: list[tuple[str, str]]

    @property
    def allows(self) -> bool:
        """Whether the payment could be put on file as far as it has been typed."""
        return not self.errors and not any(verdict.blocks for verdict in self.verdicts)


@dataclass(frozen=True)
class Room:
    """What is paid for a kind and what can still be paid, in 元; `left` is None while no limit is known."""

    kind: str
    paid: object
    left: object
    limit: str


def rooms(project) -> list[Room]:
    """For each kind of payment."""
    found = []
    for kind, label in Payment.KINDS:
        left, limit = room_for_payment(project, kind) or (None, "尚无批复和合同")
        found.append(Room(label, paid(project, (kind,)), left, limit))
    return found


def rehearse(project, typed: dict, *, actor) -> Rehearsal:
    """Judge the payment in a transaction that is undone; fields not typed yet stand as in the lawful example."""
    example = EVIDENCE["payment"].example(project)
    given = {name: value for name, value in typed.items() if name in PaymentForm.base_fields and value}
    form = PaymentForm(data=example | given, project=project, actor=actor)
    errors = [(form.fields[name].label, each) for name, found in form.errors.items() for each in found if name in given]
    if not form.is_valid():
        readable = {name: value for name, value in given.items() if name not in form.errors}
        form = PaymentForm(data=example | readable, project=project, actor=actor)
    return Rehearsal(_verdicts(project, form) if form.is_valid() else (), errors)


def _verdicts(project, form: PaymentForm) -> tuple[Verdict, ...]:
    with transaction.atomic():
        found = consider(project, "record:payment", candidate=form.save_record(FINANCE)).verdicts
        transaction.set_rollback(True)
    return tuple(sorted((each for each in found if each.outcome != "not_applicable"), key=lambda each: not each.blocks))
