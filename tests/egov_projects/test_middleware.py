"""Here: idle sessions and request ids. Not here: sign-in (organizations)."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY

NOON = "2026-03-02 12:00:00+08:00"


@pytest.fixture
def moment():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def visitor(client, city, moment):
    client.force_login(city.users["applicant"])
    return client


def test_a_session_ends_after_half_an_hour_without_use(visitor, moment):
    visitor.get("/healthz")
    moment.shift(timedelta(minutes=31))
    visitor.get("/healthz")
    assert SESSION_KEY not in visitor.session


def test_use_keeps_a_session_alive(visitor, moment):
    for _ in range(4):
        visitor.get("/healthz")
        moment.shift(timedelta(minutes=29))
    visitor.get("/healthz")
    assert SESSION_KEY in visitor.session


def test_reading_pages_does_not_write_each_time(visitor, moment, django_assert_num_queries):
    visitor.get("/healthz")
    moment.shift(timedelta(seconds=59))
    with django_assert_num_queries(2):
        visitor.get("/healthz")


def test_each_request_has_an_id_that_the_caller_cannot_choose(client):
    answers = [client.get("/healthz", headers={"x-request-id": "chosen"})["X-Request-ID"] for _ in range(2)]
    assert answers[0] != answers[1]
    assert "chosen" not in answers


def test_pages_carry_the_security_headers(client):
    response = client.get("/nowhere")
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "object-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Referrer-Policy"] == "same-origin"
