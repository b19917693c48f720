"""Here: how the environment is read, and what production refuses. Not here: the settings made of it."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from egov_projects import environment

SAFE = {
    "EGOV_ENV": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "projects.example.gov.cn",
    "CSRF_TRUSTED_ORIGINS": "https://projects.example.gov.cn",
    "DATABASE_URL": "postgres://egov:secret@db/egov",
    "REDIS_URL": "redis://broker:6379/0",
}


def test_a_postgres_address_with_escapes_and_options():
    url = "postgres://eg%40v:p%2Fw%3A1@db.example:5433/%E9%A1%B9%E7%9B%AE?sslmode=require"
    entry = environment.database(url, Path("/var"))
    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert (entry["USER"], entry["PASSWORD"]) == ("eg@v", "p/w:1")
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", "5433", "项目")
    assert entry["OPTIONS"] == {"sslmode": "require"}


def test_a_postgres_socket_comes_from_the_query():
    entry = environment.database("postgresql://postgres@/egov?host=/run/pg", Path("/var"))
    assert (entry["HOST"], entry["PORT"], entry["OPTIONS"]) == ("/run/pg", "", {})


def test_only_the_web_pools_its_connections():
    url = SAFE["DATABASE_URL"]
    assert "pool" not in environment.database(url, Path("/var"))["OPTIONS"]
    assert environment.database(url, Path("/var"), pool=8)["OPTIONS"]["pool"]["max_size"] == 8
    assert environment.database(url, Path("/var"), pool=8)["CONN_MAX_AGE"] == 0


def test_without_an_address_sqlite_waits_instead_of_failing():
    entry = environment.database("", Path("/srv/var"), pool=8)
    assert entry["NAME"] == Path("/srv/var/db.sqlite3")
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert entry["OPTIONS"]["timeout"] == 20
    assert entry["OPTIONS"]["init_command"] == "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"


def test_another_engine_is_an_error():
    with pytest.raises(ValueError, match="mysql"):
        environment.database("mysql://a@b/c", Path("/var"))


@pytest.mark.parametrize(
    ("redis_url", "celery_url"),
    [
        ("redis://broker:6379/1", "redis://broker:6379/1"),
        ("unix:///run/a.sock?db=3", "redis+socket:///run/a.sock?virtual_host=3"),
        ("unix:///run/a.sock", "redis+socket:///run/a.sock?virtual_host=0"),
    ],
)
def test_celery_spells_sockets_its_own_way(redis_url, celery_url):
    assert environment.celery_url(redis_url) == celery_url


def test_the_socket_path_stays_within_what_the_kernel_takes():
    assert environment.embedded_socket(Path("/srv/var")) == Path("/srv/var/run/valkey.sock")
    deep = environment.embedded_socket(Path("/" + "很深" * 40))
    assert len(os.fsencode(deep)) <= 100
    assert deep != environment.embedded_socket(Path("/" + "很深" * 41))


def test_the_demo_key_is_made_once_and_kept_private(tmp_path):
    file = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: environment.secret_key(file), range(16)))
    assert len(keys) == 1
    assert len(keys.pop()) >= environment.SHORTEST_SECRET
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_demo_needs_nothing():
    assert environment.problems({}) == []


def test_a_safe_production_starts():
    assert environment.problems(SAFE) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY is weak"),
        ({"EGOV_DEBUG": "1"}, "EGOV_DEBUG is on"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is missing"),
        ({"ALLOWED_HOSTS": "a.gov.cn, *"}, "ALLOWED_HOSTS holds a wildcard"),
        ({"CSRF_TRUSTED_ORIGINS": "http://a.gov.cn"}, "CSRF_TRUSTED_ORIGINS"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is missing"),
        ({"DATABASE_URL": "sqlite:///srv/db.sqlite3"}, "DATABASE_URL is missing"),
        ({"REDIS_URL": ""}, "REDIS_URL is missing"),
    ],
)
def test_production_names_each_danger(change, word):
    (problem,) = environment.problems(SAFE | change)
    assert problem.startswith(word)


def test_sqlite_in_production_must_be_asked_for():
    assert environment.problems(SAFE | {"DATABASE_URL": "", "EGOV_ALLOW_SQLITE": "1"}) == []


def test_an_unknown_mode_is_not_taken_for_demo():
    assert environment.problems(SAFE | {"EGOV_ENV": "prod"})[0].startswith("EGOV_ENV='prod' is unknown")
