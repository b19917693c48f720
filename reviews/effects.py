"""Here: what follows in this room when something happened. Not here: deciding, moving a project."""

from projects import events
from projects.errors import Invalid
from projects.evidence import EVIDENCE
from projects.models import EstimateLine
from projects.states import State
from reviews import corrections, current, duplicates
from reviews.baseline import set_baseline


@events.on("move:file")
def ask_for_answers(event: str, project, **what) -> None:
    """A returned filing comes back with an answer to every defect; a matter of the house, not of the regulation.

    Raises Invalid, which undoes the move.
    """
    waiting = corrections.unanswered(project)
    if waiting:
        numbers = "、".join(str(point.defect.number) for point in waiting)
        message = f"一次性告知书第 {numbers} 项还没有答复,请在“补正答复”中逐项答复后再提交。"
        raise Invalid(message, {"corrections": [{"message": message, "code": "unanswered"}]})


@events.on("move:file")
def search_duplicates(event: str, project, actor, passage, **what) -> None:
    """Every filing is compared with all others at once (YQ-1.2-8); a failure is kept as 未完成 and stops nothing else."""
    kind = EVIDENCE["duplicate_search"]
    form = kind.form(data={}, project=project, actor=actor)
    if kind.exists_for(project) and form.is_valid():
        form.save_record(passage.role)


@events.on("record:duplicate_judgement", "void:duplicate_judgement")
def settle_pair(event: str, project, record, **what) -> None:
    """The pair says what its newest valid judgement says."""
    duplicates.settle(record.candidate)


@events.on("move:endorse")
def take_estimate(event: str, project, **what) -> None:
    """Where no scheme is reviewed later, the estimate that the opinion agreed to is the baseline (ZC-A16-2)."""
    if State.SCHEME_APPROVED not in project.route:
        items = [
            {
                "name": line.name, "specification": line.specification, "quantity": line.quantity, "unit": line.unit,
                "amount": line.amount, "is_equipment": line.type in EstimateLine.EQUIPMENT,
            }
            for line in project.estimate.all()
        ]  # fmt: skip
        set_baseline(project, items, "审核同意的投资预算")


@events.on("move:approve_scheme")
def freeze_baseline(event: str, project, **what) -> None:
    """The approved items become the baseline that procurement and changes look at (YQ-3.4-10)."""
    opinion = current.scheme_opinion(project)
    if opinion is not None:
        set_baseline(project, opinion.items.all(), f"技术方案审查意见(第{opinion.scheme_version}版方案)")
