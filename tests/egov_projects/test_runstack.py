"""Here: the one command that starts everything. Not here: restarts (test_supervisor)."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings


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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read(port: int, page: str) -> dict:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"http://127.0.0.1:{port}/{page}", timeout=10) as answer:
        return json.load(answer)


def descendants(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(line.split()[0]): int(line.split()[1]) for line in listed.splitlines()}
    found = [pid]
    for candidate in sorted(parents):
        if parents[candidate] in found:
            found.append(candidate)
    return found[1:]


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
    until = time.monotonic() + 20
    while read(port, "readyz")["status"] != "ok":
        assert time.monotonic() < until
        time.sleep(0.1)

    children = descendants(process.pid)
    process.terminate()
    assert process.wait(60) == 0
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def test_an_occupied_port_is_said_before_anything_starts(stack):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = stack(taken.getsockname()[1])
        said = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert "不可用" in said
