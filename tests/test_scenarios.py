"""Here: every worked case of the packs as one test each. Not here: the runner itself (tests/egov_projects)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from egov_projects.scenarios.names import names
from egov_projects.scenarios.outcome import ScenarioOutcome
from egov_projects.scenarios.runner import play_files
from policies.scenarios import FOLDER, files

FILES = files([FOLDER]) if any(FOLDER.rglob("*.toml")) else []


def case(path: Path):
    """A case as a parameter; those of one folder stay with one worker, which plays them together."""
    name = path.relative_to(FOLDER)
    return pytest.param(path, id=str(name.with_suffix("")), marks=pytest.mark.xdist_group(str(name.parent)))


@pytest.fixture(scope="session")  # tests of other modules come between: what was played is kept
def outcomes(request, django_db_setup, django_db_blocker) -> Callable[[Path], ScenarioOutcome]:
    """Plays every case of a folder that this run selected, together, so that beginnings in common are walked once."""
    mine = [item for item in request.session.items if item.path == Path(__file__)]
    paths = [item.callspec.params["path"] for item in mine if hasattr(item, "callspec")]
    played: dict[str, ScenarioOutcome] = {}

    def outcome(path: Path) -> ScenarioOutcome:
        if str(path) not in played:
            with django_db_blocker.unblock():
                alike = [each for each in paths if each.parent == path.parent]
                played.update({found.path: found for found in play_files(alike, names())})
        return played[str(path)]

    return outcome


@pytest.mark.django_db
@pytest.mark.parametrize("path", [case(path) for path in FILES])
def test_scenario_holds(path: Path, outcomes: Callable[[Path], ScenarioOutcome]) -> None:
    outcome = outcomes(path)
    failing = [f"{step.step}: {problem}" for step in outcome.steps for problem in step.problems]
    assert (outcome.error, failing) == ("", [])
