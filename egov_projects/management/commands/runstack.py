"""Here: the whole system in one command: broker, worker with beat, web. Not here: how children are kept alive."""

import fcntl
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from egov_projects import broker, environment
from egov_projects.supervisor import Child, Supervisor

QUEUES = "default,documents,imports,ticks"


class Command(BaseCommand):
    help = "Start the web server, the background worker and, unless REDIS_URL is set, a private broker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        lock = self._only_once(settings.VAR / "run" / "runstack.lock")
        self._require_free(host, port)
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "egov_projects.settings", "REDIS_URL": settings.BROKER_URL}
        children = [*self._broker(env), self._worker(env), self._web(env, host, port)]
        supervisor = Supervisor(children, self._say)
        code = supervisor.run(lambda: self._announce(supervisor, host, port))
        lock.close()
        sys.exit(code)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _only_once(self, path: Path) -> Any:
        lock = path.open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError("已有一个实例在运行 / runstack is already running here") from None
        return lock

    def _require_free(self, host: str, port: int) -> None:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as fault:
                text = f"{host}:{port} 不可用({fault.strerror}),请换一个端口 / not available, choose another --port"
                raise CommandError(text) from None

    def _broker(self, env: dict[str, str]) -> list[Child]:
        if settings.REDIS_URL:
            return []
        path = environment.embedded_socket(settings.VAR)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        log = ["--logfile", str(path.with_name("broker.log"))]
        return [Child("broker", [broker.binary(), *broker.options(path), *log], env, grace=5)]

    def _worker(self, env: dict[str, str]) -> Child:
        celery = [sys.executable, "-m", "celery", "--quiet", "-A", "egov_projects"]
        worker = ["worker", "-P", "threads", "-c", "4", "-B", "-Q", QUEUES, "-l", "INFO"]
        return Child("worker", [*celery, *worker, "--without-gossip", "--without-mingle"], env, grace=30)

    def _web(self, env: dict[str, str], host: str, port: int) -> Child:
        bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        gunicorn = [sys.executable, "-m", "gunicorn", "egov_projects.wsgi", "--bind", bind]
        size = ["--worker-class", "gthread", "--workers", "1", "--threads", "8", "--graceful-timeout", "15"]
        return Child("web", [*gunicorn, *size, "--no-control-socket", "--log-level", "warning"], env)

    def _announce(self, supervisor: Supervisor, host: str, port: int) -> None:
        """Say the address once the web answers; while it does not, children that die are the watch's business."""
        shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
        address = f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
        until = time.monotonic() + 30
        while time.monotonic() < until and not supervisor.stopping.wait(0.2):
            if any(child.code is not None for child in supervisor.children):
                return
            if _answers(f"{address}healthz"):
                self._say(f"系统已启动:{address}  (按 Ctrl-C 停止) / running, Ctrl-C stops it")
                return


def _answers(address: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
