"""Here: keeping a few child processes alive and ending them all. Not here: which processes (runstack)."""

import contextlib
import ctypes
import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_RESTARTS = 5
WITHIN_SECONDS = 60
PR_SET_PDEATHSIG = 1

Say = Callable[[str], None]


def end_with_parent() -> None:
    """Linux: when the supervisor itself is killed, its children are told to stop."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process with a group of its own; `grace` is how many seconds it may take to stop."""

    name: str
    command: list[str]
    env: dict[str, str]
    grace: float = 20
    process: subprocess.Popen | None = None
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_RESTARTS + 1))

    def start(self) -> None:
        self.starts.append(time.monotonic())
        self.process = subprocess.Popen(
            self.command, env=self.env, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=end_with_parent
        )

    @property
    def code(self) -> int | None:
        """The exit code once it has ended, None while it runs."""
        return self.process.poll() if self.process else None

    @property
    def worn_out(self) -> bool:
        """True after too many starts in a short time."""
        return len(self.starts) > MOST_RESTARTS and time.monotonic() - self.starts[0] < WITHIN_SECONDS

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def stop(self, patient: bool = True) -> None:
        """End the process, then whatever it left in its group."""
        if self.process is None:
            return
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.grace if patient else 0)
        self.sweep()
        self.process.wait()

    def sweep(self) -> None:
        """Kill what is left of the group: a worker that was killed leaves its beat behind."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Start children in order, restart what dies, stop all in reverse order on SIGTERM, SIGINT or SIGHUP."""

    def __init__(self, children: list[Child], say: Say) -> None:
        self.children = children
        self.say = say
        self.stopping = threading.Event()
        self.signals = 0

    def run(self, when_started: Callable[[], None]) -> int:
        """Keep the children running until told to stop (0) or until one cannot be kept alive (1)."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            for child in self.children:
                child.start()
            when_started()
            return self._watch()
        finally:
            self._stop()

    def _on_signal(self, number: int, frame: object) -> None:
        self.signals += 1
        self.stopping.set()
        if self.signals > 1:
            for child in self.children:
                child.sweep()

    def _watch(self) -> int:
        while not self.stopping.wait(0.3):
            for child in self.children:
                if child.code is not None and not self._restart(child):
                    return 1
        return 0

    def _restart(self, child: Child) -> bool:
        child.sweep()
        if child.worn_out:
            self.say(f"{child.name} 反复退出(代码 {child.code}),停止运行 / {child.name} keeps dying, giving up")
            return False
        self.say(f"{child.name} 已退出(代码 {child.code}),正在重启 / {child.name} died, restarting")
        self.stopping.wait(min(2 ** (len(child.starts) - 1) / 2, 5))
        if not self.stopping.is_set():
            child.start()
        return True

    def _stop(self) -> None:
        for child in reversed(self.children):
            child.stop(patient=self.signals < 2)
