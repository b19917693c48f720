"""Here: which database and broker the tests run on. Not here: the city the tests play in (tests/conftest.py)."""

from collections.abc import Iterator

import pytest
from django.conf import settings


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a server that this run did not start; `make test` runs both ways."""
    started = {
        "postgres": config.getoption("database") == "postgres",
        "redis": config.getoption("broker") == "redis",
    }
    missing = {name for name, is_started in started.items() if not is_started}
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in missing)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


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
