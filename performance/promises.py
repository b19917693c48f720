"""Here: 承诺链, each promise from the filing to a year of use, with its gaps. Not here: recording (forms_promise.py), a page."""

from dataclasses import dataclass

from organizations import clock
from policies.workdays import add_years
from projects.evidence import EVIDENCE
from projects.states import CHAIN, State

STEPS = ("申报目标", "合同条款", "测试项", "验收结果", "一年后实际")
KEPT, MISSING, AHEAD = "有", "缺", "未到"
OVERALL = "总体目标"


@dataclass(frozen=True)
class Cell:
    """What is on file for one step of a promise; 缺 where the project is past it without, 未到 where it lies ahead."""

    step: str
    text: str
    state: str


@dataclass(frozen=True)
class Promise:
    """A promise by its name, step by step."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def gaps(self) -> int:
        """How many steps are missing."""
        return sum(cell.state == MISSING for cell in self.cells)


def chain(project) -> list[Promise]:
    """The aim of the project from the records of each stage, then every promise that the unit put on file."""
    due = _due(project)
    found = [_promise(OVERALL, _overall(project), due)]
    target = EVIDENCE["performance_target"].current(project)
    for line in target.promises.all() if target else ():
        found.append(_promise(line.name, [line.target, line.clause, line.test, line.accepted, line.actual], due))
    return found


def gaps(promises: list[Promise]) -> int:
    """How many steps of all promises are missing."""
    return sum(each.gaps for each in promises)


def _promise(name: str, texts: list[str], due: list[bool]) -> Promise:
    steps = zip(STEPS, texts, due, strict=True)
    cells = [Cell(step, text, KEPT if text else (MISSING if owed else AHEAD)) for step, text, owed in steps]
    return Promise(name, tuple(cells))


def _due(project) -> list[bool]:
    """Whether each step lies behind the project: contract signed, tested, accepted, a year in use."""
    at = CHAIN.index(State(project.held_state)) if project.held_state in CHAIN else 0
    delivered = EVIDENCE["delivery"].current(project)
    a_year = delivered is not None and add_years(delivered.in_service_on, 1) <= clock.today()
    passed = [at >= CHAIN.index(state) for state in (State.FILED, State.CONTRACTED, State.ACCEPTING, State.ACCEPTED)]
    return [*passed, a_year or at >= CHAIN.index(State.EVALUATED)]


def _overall(project) -> list[str]:
    return [project.objective, _contract(project), _test(project), _acceptance(project), _evaluation(project)]


def _contract(project) -> str:
    rows = EVIDENCE["contract"].valid(project).order_by("id")
    return ";".join(f"合同 {row.number}:{row.acceptance_terms}" for row in rows)


def _test(project) -> str:
    tested = EVIDENCE["third_party_test"].current(project)
    if tested and tested.conclusion:
        return f"第三方检测{tested.conclusion},{tested.firm_name},报告 {tested.report_number or '无编号'}"
    trial = EVIDENCE["trial_run"].current(project)
    return f"试运行{trial.conclusion},{trial.started_on} 至 {trial.ended_on}" if trial else ""


def _acceptance(project) -> str:
    found = EVIDENCE["acceptance_conclusion"].current(project)
    return f"{found.conclusion}({found.concluded_on}):{found.opinion}" if found else ""


def _evaluation(project) -> str:
    found = EVIDENCE["evaluation_result"].current(project)
    return f"评价等级“{found.get_grade_display()}”({found.concluded_on}):{found.opinion}" if found else ""
