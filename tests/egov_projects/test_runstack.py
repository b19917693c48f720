"""Here: the one command that starts everything. Not here: restarts (test_supervisor)."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from tests.egov_projects.processes import alive, descendants, free_port, wait_for


@pytest.fixture
def stack(tmp_path):
    """Start `runstack` on a free port with a place of its own; gives a function that starts it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    started: list[subprocess.Popen] = []

    def start(port: int) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "runstack", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env={**kept, "EGOV_VAR": str(tmp_path), "PYTHONUNBUFFERED": "1", "LOG_LEVEL": "WARNING"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=60)


def read(port: int, page: str) -> dict:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"http://127.0.0.1:{port}/{page}", timeout=10) as answer:
        return json.load(answer)


def test_everything_starts_works_together_and_ends(stack):
    port = free_port()
    process = stack(port)
    announced = next(line for line in process.stdout if "127.0.0.1" in line)
    assert re.search(rf"http://127\.0\.0\.1:{port}/", announced)
    assert read(port, "readyz") == {"status": "ok", "checks": {"database": "ok", "media": "ok", "broker": "ok"}}

    second = stack(free_port())
    assert "already running" in second.communicate(timeout=60)[0]

    children = descendants(process.pid)
    broker = next(pid for pid in children if "valkey" in Path(f"/proc/{pid}/cmdline").read_text())
    os.kill(broker, signal.SIGKILL)
    assert read(port, "healthz") == {"status": "ok"}
    assert wait_for(lambda: read(port, "readyz")["status"] == "ok")

    children = descendants(process.pid)
    process.terminate()
    assert process.wait(60) == 0
    assert [pid for pid in children if alive(pid)] == []


def test_an_occupied_port_is_said_before_anything_starts(stack):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = stack(taken.getsockname()[1])
        said = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert "不可用" in said
