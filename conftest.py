"""Here: which database and broker the tests run on. Not here: the city the tests play in (tests/conftest.py)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import override_settings


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a server that this run did not start; `make test` runs both ways."""
    started = {
        "sqlite": config.getoption("database") == "sqlite",
        "postgres": config.getoption("database") == "postgres",
        "redis": config.getoption("broker") == "redis",
    }
    missing = {name for name, is_started in started.items() if not is_started}
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in missing)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_emptied() -> Iterator[None]:
    """A test with real transactions ends by emptying every table; the ledger's triggers would refuse.

    They are lifted for that moment only: after emptying, Django sends post_migrate, which installs them again.
    """
    empty = BaseDatabaseOperations.execute_sql_flush

    def lift_and_empty(self: Any, statements: list[str]) -> None:
        empty(self, [*_lift_triggers(self.connection), *statements])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lift_and_empty)
        yield


def _lift_triggers(connection: Any) -> list[str]:
    if connection.vendor == "postgresql":
        return ["SET LOCAL session_replication_role = replica"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return [f'DROP TRIGGER "{name}"' for (name,) in cursor.fetchall()]


@pytest.fixture(scope="session", autouse=True)
def files_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A worker keeps its uploads apart: tests beside it write files at the same time."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="session")
def redis_url() -> str:
    """Address of the real broker; only tests marked `redis` may ask."""
    assert settings.REDIS_URL, "mark this test with pytest.mark.redis"
    return settings.REDIS_URL


@pytest.fixture
def celery_worker(redis_url: str, transactional_db: None) -> Iterator[object]:
    """A real worker thread on the real broker, for tests marked `redis`."""
    from celery.contrib.testing.worker import start_worker

    from egov_projects.celery import app

    with start_worker(app, pool="solo", perform_ping_check=False, queues="default,documents,imports,ticks") as worker:
        yield worker
