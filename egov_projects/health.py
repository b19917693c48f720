"""Here: whether this process lives and may be sent work. Not here: metrics."""

import tempfile

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Liveness: the process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Readiness: 503 when the database or the file store fails; without the broker the web still works: "degraded"."""
    checks = {"database": _database(), "media": _media(), "broker": _broker()}
    ready = checks["database"] and checks["media"]
    status = "unavailable" if not ready else "ok" if checks["broker"] else "degraded"
    names = {name: "ok" if fine else "down" for name, fine in checks.items()}
    return JsonResponse({"status": status, "checks": names}, status=200 if ready else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def _media() -> bool:
    try:
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as file:
            file.write(b"1")
        return True
    except OSError:
        return False


def _broker() -> bool:
    client = redis.Redis.from_url(settings.BROKER_URL, socket_connect_timeout=1, socket_timeout=1)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()
