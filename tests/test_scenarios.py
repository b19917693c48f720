"""Here: every worked case of the packs as one test each. Not here: the runner itself (tests/egov_projects)."""

from pathlib import Path

import pytest

from egov_projects.scenarios.names import Names, names
from egov_projects.scenarios.runner import play_file
from policies.scenarios import FOLDER, files

FILES = files([FOLDER]) if any(FOLDER.rglob("*.toml")) else []


@pytest.fixture(scope="session")
def known() -> Names:
    """The names of the house, gathered once."""
    return names()


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(FOLDER).with_suffix("")) for path in FILES])
def test_scenario_holds(path: Path, known: Names) -> None:
    outcome = play_file(path, known)
    failing = [f"{step.step}: {problem}" for step in outcome.steps for problem in step.problems]
    assert (outcome.error, failing) == ("", [])
