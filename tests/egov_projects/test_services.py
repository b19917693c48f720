"""Here: that the real servers asked for are really used. Not here: what runs on them."""

import threading

import pytest
from django.conf import settings
from django.db import connection

from egov_projects import environment
from egov_projects.celery import app


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
    url = f"postgres://postgres@/{connection.settings_dict['NAME']}?host={connection.settings_dict['HOST']}"
    pooled = type(connection)({**connection.settings_dict, **environment.database(url, settings.VAR, pool=2)}, "pooled")
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
def test_a_task_travels_through_the_real_broker(celery_worker):
    arrived = threading.Event()

    @app.task(name="tests.arrive")
    def arrive() -> None:
        arrived.set()

    try:
        arrive.delay()
        assert arrived.wait(20)
    finally:
        app.tasks.unregister("tests.arrive")


def test_without_a_broker_tasks_run_in_place(settings):
    assert bool(settings.REDIS_URL) != settings.CELERY_TASK_ALWAYS_EAGER
