"""Here: a project's life as spans in stages, with its deadlines beside them. Not here: reckoning deadlines, drawing."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from deadlines.timetable import Row, timetable
from organizations import clock
from projects.models import Project
from projects.states import CLOSED, State
from reports.dashboard import stages_of

ENDED = (*CLOSED, State.EVALUATED)
MET, LATE, OPEN = "按时办结", "逾期", "未到期"


@dataclass(frozen=True)
class Span:
    """A stay in one stage, both days inclusive; `ends_on` is None while the project is still there."""

    stage: str
    starts_on: date
    ends_on: date | None

    @property
    def until(self) -> date:
        """The last day so far."""
        return self.ends_on or max(clock.today(), self.starts_on)

    @property
    def days(self) -> int:
        """Calendar days from the first to the last."""
        return (self.until - self.starts_on).days


@dataclass(frozen=True)
class Mark:
    """The last day of a deadline, in the stage it began in: kept, missed, or still to come."""

    row: Row
    stage: str
    standing: str


def spans(project: Project) -> list[Span]:
    """Where the project was from when to when, by its passages; a stage that it came back to has several. One query."""
    passed = list(project.passages.order_by("number").values_list("target", "on"))
    opened = timezone.localtime(project.created_at, clock.ZONE).date()
    names = {state: name for name, states in stages_of(project.pack).items() for state in states}
    names[State.DRAFT] = "编制申报"
    entered = [(names[State.DRAFT], min([opened, *(on for _, on in passed[:1])]), State.DRAFT)]
    for target, on in passed:
        if names[target] != entered[-1][0]:
            entered.append((names[target], max(on, entered[-1][1]), target))
        else:
            entered[-1] = (*entered[-1][:2], target)
    ends = [on for _, on, _ in entered[1:]]
    *_, (_, last_on, last_state) = entered
    ends.append(last_on if last_state in ENDED else None)
    return [Span(name, on, end) for (name, on, _), end in zip(entered, ends, strict=True)]


def marks(project: Project, stays: list[Span]) -> list[Mark]:
    """Every deadline that has a last day."""
    return [Mark(row, _stage(row, stays), _standing(row)) for row in timetable(project) if row.due_on]


def _stage(row: Row, stays: list[Span]) -> str:
    begun = [span.stage for span in stays if span.starts_on <= row.starts_on]
    return (begun or [stays[0].stage])[-1]


def _standing(row: Row) -> str:
    return LATE if row.late else MET if row.met_on else OPEN


def chart(stays: list[Span], dates: list[Mark]) -> dict:
    """What the page's script draws; the tables beside it say the same."""
    stages = list(dict.fromkeys(span.stage for span in stays))
    return {
        "stages": stages,
        "today": clock.today().isoformat(),
        "spans": [
            {
                "value": [stages.index(span.stage), span.starts_on.isoformat(), span.until.isoformat()],
                "says": f"{span.stage}\n{span.starts_on} 至 {span.ends_on or '今天'},{span.days} 天",
            }
            for span in stays
        ],
        "marks": {
            standing: [
                {"value": [mark.row.due_on.isoformat(), stages.index(mark.stage)],
                 "says": f"{mark.row.label}\n应于 {mark.row.due_on} 前办结,{mark.row.status_label}"}
                for mark in dates if mark.standing == standing
            ]
            for standing in (MET, LATE, OPEN)
        },
    }  # fmt: skip
