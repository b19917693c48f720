"""Here: a unit's own projects by stage, and its drafts. Not here: what has to be done for them (inbox)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse

from policies.loader import load
from projects.models import Project
from projects.scope import visible_projects
from projects.states import CLOSED, State

DRAFTS = 5


@dataclass(frozen=True)
class Stage:
    """A stage of the place's text with the number of own projects in it."""

    name: str
    count: int
    url: str


def stages(user) -> list[Stage]:
    """Own projects by stage, suspended and closed ones last; empty where the unit has none. One query and the unit's."""
    unit = user.organization
    if unit is None:
        return []
    own = visible_projects(user).filter(department=unit.pk)
    by_state = dict(own.order_by().values_list("state").annotate(Count("pk")))
    if not by_state:
        return []
    named = [(stage["name"], tuple(stage["states"])) for stage in load(unit.jurisdiction.pack).stages]
    named += [("已暂停", (State.SUSPENDED,)), ("已结束", CLOSED)]
    found = [_stage(name, states, by_state, unit.pk) for name, states in named]
    return [each for each in found if each.count or each.name not in ("已暂停", "已结束")]


def _stage(name: str, states: tuple[str, ...], by_state: dict[str, int], unit: int) -> Stage:
    query = urlencode({"department": unit, "state": [str(State(each)) for each in states]}, doseq=True)
    count = sum(by_state.get(str(state), 0) for state in states)
    return Stage(name, count, f"{reverse('projects:list')}?{query}")


def drafts(user) -> QuerySet[Project]:
    """The unit's newest drafts."""
    own = visible_projects(user).filter(department=user.organization_id, state=State.DRAFT)
    return own.order_by("-id")[:DRAFTS]
