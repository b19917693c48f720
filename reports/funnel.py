"""Here: how many projects stand in each stage and how many came that far. Not here: counting them (sums.py), drawing."""

from dataclasses import dataclass

from policies.loader import load
from reports.dashboard import Dashboard

COLUMNS = ["环节", "现在在此", "到过此处"]


@dataclass(frozen=True)
class Step:
    """A stage: the projects that stand in it, and those in it or beyond; None for what lies beside the way."""

    name: str
    here: int
    reached: int | None


def funnel(board: Dashboard) -> list[Step]:
    """The stages in their order, then what left the way, where there is any. No query beyond the dashboard's own."""
    standing: dict[str, int] = {}
    for cell in board.cells:
        standing[cell["state"]] = standing.get(cell["state"], 0) + cell["projects"]
    way = {stage["name"] for stage in load(board.jurisdiction.pack).stages}
    here = {name: sum(standing.get(state, 0) for state in states) for name, states in board.stages.items()}
    on = [name for name in here if name in way]
    steps = [Step(name, here[name], sum(here[later] for later in on[at:])) for at, name in enumerate(on)]
    return steps + [Step(name, count, None) for name, count in here.items() if name not in way and count]


def drawn(steps: list[Step]) -> dict:
    """What the page's script draws."""
    way = [step for step in steps if step.reached is not None]
    return {
        "labels": [step.name for step in way],
        "here": [step.here for step in way],
        "beyond": [step.reached - step.here for step in way],
    }
