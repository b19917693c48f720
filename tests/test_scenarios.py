"""Here: every worked case of the packs as one test each. Not here: the runner itself (tests/egov_projects)."""

from pathlib import Path

import pytest

from egov_projects.scenarios.names import names
from egov_projects.scenarios.outcome import ScenarioOutcome
from egov_projects.scenarios.runner import play_files
from policies.scenarios import FOLDER, files

FILES = files([FOLDER]) if any(FOLDER.rglob("*.toml")) else []


@pytest.fixture(scope="module")
def outcomes(request, django_db_setup, django_db_blocker) -> dict[str, ScenarioOutcome]:
    """Every case that this run selected, played together so that beginnings in common are walked once."""
    mine = [item for item in request.session.items if item.path == request.path]
    paths = [item.callspec.params["path"] for item in mine if hasattr(item, "callspec")]
    with django_db_blocker.unblock():
        return {outcome.path: outcome for outcome in play_files(paths, names())}


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(FOLDER).with_suffix("")) for path in FILES])
def test_scenario_holds(path: Path, outcomes: dict[str, ScenarioOutcome]) -> None:
    outcome = outcomes[str(path)]
    failing = [f"{step.step}: {problem}" for step in outcome.steps for problem in step.problems]
    assert (outcome.error, failing) == ("", [])
