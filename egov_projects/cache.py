"""Here: a cache that shrugs when Redis is away. Not here: what is cached."""

from typing import Any

import redis
import structlog
from django.core.cache.backends.redis import RedisCache

logger = structlog.get_logger(__name__)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, where a broker that is down is a miss: pages and the API go on answering."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = params.setdefault("OPTIONS", {})
        options.setdefault("socket_connect_timeout", 1)
        options.setdefault("socket_timeout", 1)
        super().__init__(server, params)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._try(super().add, False, *args, **kwargs)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try(super().get, default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._try(super().set, None, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._try(super().touch, False, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._try(super().delete, False, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return self._try(super().get_many, {}, *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> list[str]:
        return self._try(super().set_many, [], *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._try(super().delete_many, None, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._try(super().has_key, False, *args, **kwargs)

    def clear(self) -> bool:
        return self._try(super().clear, False)

    @staticmethod
    def _try(call: Any, otherwise: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return call(*args, **kwargs)
        except (redis.ConnectionError, redis.TimeoutError) as fault:
            logger.warning("cache_unavailable", reason=str(fault))
            return otherwise
