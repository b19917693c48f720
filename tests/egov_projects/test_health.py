"""Here: liveness and readiness. Not here: metrics."""

import pytest

from egov_projects import environment


def test_alive_without_a_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.fixture
def no_broker(settings, tmp_path):
    settings.BROKER_URL = f"unix://{tmp_path}/nobody.sock"


def test_ready_but_degraded_without_a_broker(client, db, no_broker):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "degraded",
        "checks": {"database": "ok", "media": "ok", "broker": "down"},
    }


def test_not_ready_when_files_cannot_be_stored(client, db, no_broker, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "gone"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["media"] == "down"


@pytest.mark.redis
def test_ready_with_a_broker(client, db, redis_url):
    assert client.get("/readyz").json()["status"] == "ok"
    assert environment.celery_url(redis_url).startswith("redis+socket://")
