"""Here: that the real servers asked for are really used. Not here: what runs on them."""

import threading

import pytest
from django.conf import settings
from django.db import connection

from egov_projects import environment
from egov_projects.celery import app
from organizations.models import Jurisdiction

arrived = threading.Event()


# A worker knows only the tasks that exist when it starts.
@app.task(name="tests.arrive")
def arrive() -> None:
    arrived.set()


@pytest.mark.postgres
def test_the_database_is_a_private_postgresql(db):
    assert connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SHOW listen_addresses")
        assert cursor.fetchone() == ("",)
        cursor.execute("SHOW server_encoding")
        assert cursor.fetchone() == ("UTF8",)


@pytest.mark.postgres
def test_the_pool_of_the_web_hands_out_connections(db):
    from django.db.backends.postgresql.base import DatabaseWrapper

    url = f"postgres://postgres@/{connection.settings_dict['NAME']}?host={connection.settings_dict['HOST']}"
    pooled = DatabaseWrapper({**connection.settings_dict, **environment.database(url, settings.VAR, pool=2)}, "pooled")
    try:
        with pooled.cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.fetchone() == (1,)
        assert pooled.pool.max_size == 2
    finally:
        pooled.close()
        pooled.close_pool()


def test_sqlite_takes_the_write_lock_first_and_keeps_a_write_ahead_log(db):
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (1,)


@pytest.mark.redis
@pytest.mark.xdist_group("broker")
def test_a_task_travels_through_the_real_broker(celery_worker):
    arrived.clear()
    arrive.delay()
    assert arrived.wait(20)


def test_without_a_broker_tasks_run_in_place(settings):
    assert bool(settings.REDIS_URL) != settings.CELERY_TASK_ALWAYS_EAGER


@pytest.mark.lifecycle
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_tables_are_emptied_between_real_transactions_and_the_guards_come_back(turn):
    assert guards() > 0
    Jurisdiction.objects.create(code=f"turn-{turn}", name="市")
    assert Jurisdiction.objects.filter(code__startswith="turn-").count() == 1


def guards() -> int:
    """How many triggers stand on our tables."""
    catalogues = {
        "postgresql": "pg_trigger WHERE NOT tgisinternal",
        "sqlite": "sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {catalogues[connection.vendor]}")
        return cursor.fetchone()[0]
