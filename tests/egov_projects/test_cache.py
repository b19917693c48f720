"""Here: a cache whose server is away. Not here: a cache that works (Django's own)."""

import pytest

from egov_projects.cache import ForgivingRedisCache


@pytest.fixture
def cache(tmp_path):
    return ForgivingRedisCache(f"unix://{tmp_path}/nobody.sock", {})


def test_a_missing_server_is_a_miss(cache):
    cache.set("a", 1)
    assert cache.get("a", "nothing") == "nothing"
    assert cache.add("a", 1) is False
    assert cache.get_many(["a"]) == {}
    assert cache.set_many({"a": 1}) == []
    assert "a" not in cache
    assert cache.delete("a") is False


@pytest.mark.redis
def test_a_server_that_is_there_is_used(redis_url):
    cache = ForgivingRedisCache(redis_url, {"KEY_PREFIX": "test"})
    cache.set("名", {"数": 1})
    assert cache.get("名") == {"数": 1}
