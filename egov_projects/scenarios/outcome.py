"""Here: what came of a scenario and of each step, and how it is compared with what was expected. Not here: playing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from policies.scenario_data import Scenario, Step
from policies.verdicts import Outcome, plain
from projects.errors import Closed, Forbidden, Invalid, NotOffered, ProjectError, Refused, Stale
from projects.models import Project


@dataclass
class Got:
    """What the house answered: done | refused | forbidden | closed | error, by which rules or fields, with verdicts."""

    answer: str = "done"
    detail: str = ""
    rules: frozenset[str] = frozenset()
    errors: dict[str, list] = field(default_factory=dict)
    verdicts: list[dict] = field(default_factory=list)
    state: str = ""

    def ruled(self, outcome: Outcome) -> frozenset[str]:
        """The rules with this outcome."""
        return frozenset(verdict["rule"] for verdict in self.verdicts if verdict["outcome"] == outcome.value)

    def as_json(self) -> dict[str, Any]:
        """Plain data without the verdicts."""
        return {
            "answer": self.answer,
            "detail": self.detail,
            "rules": sorted(self.rules),
            "errors": {name: [one.get("message", "") for one in each] for name, each in self.errors.items()},
            "flagged_by": sorted(self.ruled(Outcome.FLAGS)),
            "waived_by": sorted(self.ruled(Outcome.WAIVED)),
            "state": self.state,
        }


@dataclass
class StepOutcome:
    """One step as it was expected and as it went; `problems` is empty when it held."""

    step: str
    on: str = ""
    title: str = ""
    expected: dict[str, Any] = field(default_factory=dict)
    got: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    verdicts: list[dict] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything was as expected."""
        return not self.problems


@dataclass
class ScenarioOutcome:
    """A whole scenario. `error` is set when it could not be read or its project could not be brought to its start."""

    path: str
    title: str = ""
    pack: str = ""
    clauses: tuple[str, ...] = ()
    steps: list[StepOutcome] = field(default_factory=list)
    error: str = ""
    project: str = ""
    sign_in: dict[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether every step held."""
        return not self.error and all(step.holds for step in self.steps)

    @classmethod
    def of(cls, scenario: Scenario) -> "ScenarioOutcome":
        """An outcome without steps."""
        return cls(scenario.path, scenario.title, scenario.pack.code, scenario.clauses)

    def as_json(self) -> dict[str, Any]:
        """Plain data, complete: every step with expected, got and verdicts."""
        steps = [plain(vars(step)) | {"holds": step.holds} for step in self.steps]
        return plain(vars(self)) | {"steps": steps, "holds": self.holds}


def attempt(action: Callable[[], Any]) -> Got:
    """Do something in a savepoint and catch every lawful way of being told no. `action` returns verdicts or None."""
    try:
        with transaction.atomic():
            verdicts = action()
    except Refused as error:
        return Got("refused", error.detail, frozenset(error.rules), verdicts=_plain(error.verdicts))
    except Closed as error:
        return Got("closed", error.detail, _cited(error))
    except Forbidden as error:
        return Got("forbidden", error.detail, _cited(error))
    except (PermissionDenied, Project.DoesNotExist) as error:
        return Got("forbidden", str(error) or "not visible")
    except NotOffered as error:
        return Got("error", error.detail, errors={"not_offered": []})
    except Stale as error:
        return Got("error", error.detail, errors={"stale": []})
    except Invalid as error:
        return Got("error", error.detail, errors=error.errors)
    return Got(verdicts=_plain(verdicts or ()))


def compare(step: Step, got: Got) -> list[str]:
    """What is not as the step expected, in words."""
    problems = []
    expected = expected_answer(step)
    if got.answer != expected and not (expected == "refused" and got.answer == "closed" and got.rules):
        problems.append(f"expected {expected}, got {got.answer}: {got.detail}".rstrip(": "))
    if got.answer in ("refused", "closed", "done") and expected != "closed" and got.rules != step.refused_by:
        problems.append(_difference("refused_by", step.refused_by, got.rules))
    for key, outcome in (("flagged_by", Outcome.FLAGS), ("waived_by", Outcome.WAIVED)):
        if key in step.given and frozenset(step.given[key]) != got.ruled(outcome):
            problems.append(_difference(key, frozenset(step.given[key]), got.ruled(outcome)))
    if missing := step.errors - set(got.errors):
        problems.append(f"error: expected {', '.join(sorted(missing))}, got {', '.join(sorted(got.errors)) or 'none'}")
    cited = step.given.get("forbidden")
    if isinstance(cited, str) and got.rules != {cited}:
        problems.append(_difference("forbidden citing", frozenset([cited]), got.rules))
    if step.given.get("state", got.state) != got.state:
        problems.append(f"state: expected {step.given['state']}, got {got.state}")
    return problems


def expected_answer(step: Step) -> str:
    """The kind of answer a step expects."""
    if step.given.get("forbidden"):
        return "forbidden"
    if step.given.get("closed"):
        return "closed"
    if step.errors:
        return "error"
    return "refused" if step.refused_by or step.given.get("refused") else "done"


def _cited(error: ProjectError) -> frozenset[str]:
    return frozenset(filter(None, [error.extra.get("rule", ""), *error.extra.get("rules", ())]))


def _plain(verdicts) -> list[dict]:
    return [verdict if isinstance(verdict, dict) else verdict.as_json() for verdict in verdicts]


def _difference(key: str, expected: frozenset[str], got: frozenset[str]) -> str:
    parts = [f"{key}: expected {sorted(expected)}, got {sorted(got)}"]
    if missing := sorted(expected - got):
        parts.append(f"missing {', '.join(missing)}")
    if extra := sorted(got - expected):
        parts.append(f"unexpected {', '.join(extra)}")
    return "; ".join(parts)
