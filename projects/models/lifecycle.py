"""Here: the map, every move a project can make in any regime. Not here: deciding, querying or writing anything.

Only `projects.transitions.perform` makes these moves: the condition of each holds while the door has judged it.
"""

from django.db import models
from django_fsm import GET_STATE, FSMField, FSMFieldDescriptor, transition

from projects.governance import governed_by
from projects.states import CHAIN, LIVE, State, earlier


class StateDescriptor(FSMFieldDescriptor):
    """Protected, but lets one instance re-read itself; django-fsm-2's own mixin opens the field to every thread."""

    def __set__(self, instance, value) -> None:
        if instance.__dict__.get("_refreshing"):
            self.field.set_state(instance, value)
        else:
            super().__set__(instance, value)


class StateField(FSMField):
    """The state of a project: written by moves and by re-reading, never by assignment."""

    descriptor_class = StateDescriptor


def move(name: str, source, target, *, forward: bool = False):
    """A `@transition` of the state field that the book governs. `forward` moves go one step along the project's route."""
    sources = list(source) if isinstance(source, list | tuple) else [source]
    return transition(
        field="state", source=sources, target=target, conditions=[governed_by(name)], custom={"forward": forward}
    )


def previous_on_route(project) -> str:
    """Where a correction leads: the state before this one on the project's route."""
    return project.previous_state


def suspended_from(project) -> str:
    """Where a resumed project goes on: the state in which it was suspended."""
    return project.suspended_from


class Lifecycle(models.Model):
    """The state of a project and its moves: the union of what all regimes know."""

    state = StateField(
        "状态", choices=State.choices, default=State.DRAFT, protected=True, editable=False, max_length=20
    )

    class Meta:
        abstract = True

    @move("file", State.DRAFT, State.FILED, forward=True)
    def file(self):
        """提交申报: the unit files its project with the centre."""

    @move("endorse", State.FILED, State.ENDORSED, forward=True)
    def endorse(self):
        """预审通过: the review before the budget agrees."""

    @move("approve", State.ENDORSED, State.APPROVED, forward=True)
    def approve(self):
        """立项 as a step of its own, in the regimes that have it on their route."""

    @move("approve_budget", [State.ENDORSED, State.APPROVED], State.BUDGETED, forward=True)
    def approve_budget(self):
        """预算批准: money is arranged."""

    @move("submit_scheme", [State.ENDORSED, State.APPROVED, State.BUDGETED], State.SCHEME_FILED, forward=True)
    def submit_scheme(self):
        """提交技术方案 / 实施申请 / 初步设计 for review."""

    @move("approve_scheme", State.SCHEME_FILED, State.SCHEME_APPROVED, forward=True)
    def approve_scheme(self):
        """方案审查通过: the scheme and its items are the baseline from here on."""

    @move(
        "apply_procurement",
        [State.ENDORSED, State.APPROVED, State.BUDGETED, State.SCHEME_APPROVED],
        State.PROCURING,
        forward=True,
    )
    def apply_procurement(self):
        """申请采购."""

    @move("sign_contract", State.PROCURING, State.CONTRACTED, forward=True)
    def sign_contract(self):
        """登记合同."""

    @move(
        "start",
        [State.FILED, State.ENDORSED, State.BUDGETED, State.SCHEME_FILED, State.SCHEME_APPROVED, State.CONTRACTED],
        State.BUILDING,
        forward=True,
    )
    def start(self):
        """开工; without procurement straight from the plan or the scheme."""

    @move("start_trial", State.BUILDING, State.TRIAL, forward=True)
    def start_trial(self):
        """竣工, 转入试运行."""

    @move("convene_acceptance", [State.BUILDING, State.TRIAL], State.ACCEPTING, forward=True)
    def convene_acceptance(self):
        """组织验收."""

    @move("accept", State.ACCEPTING, State.ACCEPTED, forward=True)
    def accept(self):
        """验收结论为通过."""

    @move("deliver", State.ACCEPTED, State.IN_SERVICE, forward=True)
    def deliver(self):
        """交付使用."""

    @move("evaluate", State.IN_SERVICE, State.EVALUATED, forward=True)
    def evaluate(self):
        """绩效结论."""

    @move("recall", State.FILED, State.DRAFT)
    def recall(self):
        """撤回修改: the unit takes its filing back before anyone has handled it."""

    @move("return_filing", State.FILED, State.DRAFT)
    def return_filing(self):
        """退回补正: the unit mends its filing and files again."""

    @move("reject", [State.FILED, State.ENDORSED, State.SCHEME_FILED], State.REJECTED)
    def reject(self):
        """不予通过 / 不予受理."""

    @move("merge", State.FILED, State.REJECTED)
    def merge(self):
        """归并: closed because another project takes it in."""

    @move("withdraw", State.FILED, State.WITHDRAWN)
    def withdraw(self):
        """撤回: the unit gives the project up before it is endorsed."""

    @move("return_scheme", State.SCHEME_FILED, GET_STATE(previous_on_route, states=earlier(State.SCHEME_FILED)))
    def return_scheme(self):
        """方案未通过或修改后再审: back to the step before the scheme was filed."""

    @move("return_acceptance", State.ACCEPTING, GET_STATE(previous_on_route, states=[State.BUILDING, State.TRIAL]))
    def return_acceptance(self):
        """验收未通过: mend and convene again."""

    @move("step_back", CHAIN[2:], GET_STATE(previous_on_route, states=CHAIN[1:-1]))
    def step_back(self):
        """更正: a passed stage is opened again, one step, with a note."""

    @move("suspend", LIVE, State.SUSPENDED)
    def suspend(self):
        """暂停."""

    @move("resume", State.SUSPENDED, GET_STATE(suspended_from, states=LIVE))
    def resume(self):
        """恢复: goes on where it was suspended."""

    @move("terminate", [*LIVE, State.SUSPENDED], State.TERMINATED)
    def terminate(self):
        """终止."""
