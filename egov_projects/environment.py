"""Here: how the environment is read and what production refuses. Not here: Django's settings, secrets."""

import contextlib
import hashlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

MODES = ("demo", "test", "production")
SHORTEST_SECRET = 50
# Three processes write: without IMMEDIATE and WAL, "database is locked" was measured thousands of times a minute.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
}


def words(value: str) -> list[str]:
    """Split a comma-separated variable: `"a, b"` gives `["a", "b"]`."""
    return [word.strip() for word in value.split(",") if word.strip()]


def switched_on(value: str) -> bool:
    """Say whether a variable means yes; anything but 1/true/yes/on means no."""
    return value.strip().lower() in {"1", "true", "yes", "on"}


def database(url: str, var: Path, pool: int = 0) -> dict[str, Any]:
    """Django's DATABASES entry for `postgres://…` or, when empty, for SQLite in `var`.

    `pool` is the largest number of pooled connections, 0 for none. Raises ValueError for another scheme.
    """
    if not url:
        return _sqlite(var / "db.sqlite3", var)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)), var)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL: postgres:// or sqlite:/// expected, not {parts.scheme}://")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    options: dict[str, Any] = query
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(file: Path, var: Path) -> dict[str, Any]:
    """SQLite in a file, for tests too: an in-memory database has neither WAL nor a second process."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": dict(SQLITE_OPTIONS),
        "TEST": {"NAME": str(var / "test.sqlite3")},
    }


def embedded_socket(var: Path) -> Path:
    """Where runstack's private broker listens; a deep checkout moves to a short path (the kernel allows 107 bytes)."""
    path = var / "run" / "valkey.sock"
    if len(os.fsencode(path)) <= 100:
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"egov-{os.getuid()}-{name}" / "valkey.sock"


def celery_url(redis_url: str) -> str:
    """The same Redis in Celery's spelling: `unix:///a.sock?db=0` is `redis+socket:///a.sock?virtual_host=0` there."""
    if not redis_url.startswith("unix://"):
        return redis_url
    parts = urlsplit(redis_url)
    number = dict(parse_qsl(parts.query)).get("db", "0")
    return f"redis+socket://{parts.path}?virtual_host={number}"


def secret_key(file: Path) -> str:
    """The demo's own key: made once, readable by its owner only, the same for every process that asks."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text(encoding="ascii")


def problems(env: Mapping[str, str]) -> list[str]:
    """Everything that forbids starting, each with what to set; an empty list means go."""
    mode = env.get("EGOV_ENV", "demo")
    if mode not in MODES:
        return [f"EGOV_ENV={mode!r} is unknown: set it to one of {', '.join(MODES)}."]
    return _production_problems(env) if mode == "production" else []


def _production_problems(env: Mapping[str, str]) -> list[str]:
    hosts = words(env.get("ALLOWED_HOSTS", ""))
    origins = words(env.get("CSRF_TRUSTED_ORIGINS", ""))
    key = env.get("SECRET_KEY", "")
    found = [
        (not key, "SECRET_KEY is missing: set a random string kept outside the repository."),
        (
            0 < len(key) < SHORTEST_SECRET or 0 < len(set(key)) < 5,
            f"SECRET_KEY is weak: set at least {SHORTEST_SECRET} random characters.",
        ),
        (switched_on(env.get("EGOV_DEBUG", "")), "EGOV_DEBUG is on: unset it."),
        (not hosts, "ALLOWED_HOSTS is missing: set the names of this site, comma-separated."),
        (any("*" in host for host in hosts), "ALLOWED_HOSTS holds a wildcard: name each host."),
        (
            any(not origin.startswith("https://") or "*" in origin for origin in origins),
            "CSRF_TRUSTED_ORIGINS must name https:// origins without wildcards.",
        ),
        (
            _is_sqlite(env.get("DATABASE_URL", "")) and not switched_on(env.get("EGOV_ALLOW_SQLITE", "")),
            "DATABASE_URL is missing: set postgres://user:password@host/name, or EGOV_ALLOW_SQLITE=1 to accept SQLite.",
        ),
        (not env.get("REDIS_URL", ""), "REDIS_URL is missing: set redis://host:6379/0 (broker and cache)."),
    ]
    return [text for wrong, text in found if wrong]


def _is_sqlite(url: str) -> bool:
    return not url or url.startswith("sqlite:")
