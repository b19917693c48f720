"""Here: keeping children alive and leaving none behind. Not here: which children (test_runstack)."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.egov_projects.processes import alive, wait_for

PARENT = """
    import sys
    from egov_projects.supervisor import Child, Supervisor
    import os
    folder = sys.argv[1]
    script = f"echo $$ >> {folder}/pids; sleep 300 & echo $! >> {folder}/pids; wait"
    children = [Child("one", ["sh", "-c", script], dict(os.environ), grace=2)]
    sys.exit(Supervisor(children, print).run(lambda: None))
"""


@pytest.fixture
def parent(tmp_path):
    command = [sys.executable, "-c", textwrap.dedent(PARENT), str(tmp_path)]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONPATH": "."})
    yield process
    process.kill()
    process.wait()


def pids(folder: Path) -> list[int]:
    file = folder / "pids"
    return [int(word) for word in file.read_text().split()] if file.exists() else []


@pytest.mark.parametrize("number", [15, 2])
def test_a_signal_ends_every_child_and_grandchild(parent, tmp_path, number):
    assert wait_for(lambda: len(pids(tmp_path)) == 2)
    parent.send_signal(number)
    assert parent.wait(20) == 0
    assert wait_for(lambda: not any(alive(pid) for pid in pids(tmp_path)))


def test_a_child_that_dies_is_started_again_and_its_rest_removed(parent, tmp_path):
    assert wait_for(lambda: len(pids(tmp_path)) == 2)
    first, rest = pids(tmp_path)
    os.kill(first, 9)
    assert wait_for(lambda: len(pids(tmp_path)) == 4)
    assert not alive(first)
    assert wait_for(lambda: not alive(rest))
    assert alive(pids(tmp_path)[2])


def test_children_do_not_outlive_a_supervisor_that_is_killed(parent, tmp_path):
    assert wait_for(lambda: len(pids(tmp_path)) == 2)
    parent.kill()
    parent.wait()
    assert wait_for(lambda: not alive(pids(tmp_path)[0]))
    os.kill(pids(tmp_path)[1], 9)


def test_a_child_that_keeps_dying_ends_the_run():
    script = """
import sys
from egov_projects import supervisor
supervisor.MOST_RESTARTS = 1
children = [supervisor.Child("broken", ["false"], {}), supervisor.Child("fine", ["sleep", "300"], {"PATH": "/bin"})]
sys.exit(supervisor.Supervisor(children, print).run(lambda: None))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "giving up" in done.stdout
