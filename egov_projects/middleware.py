"""Here: two manners of every request: idle sessions end, outages say so. Not here: who may do what."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from egov_projects import errors

Next = Callable[[HttpRequest], HttpResponse]
SEEN = "last_seen"
# The session row is written at most this often, so that reading pages does not write.
STEP = 60

logger = structlog.get_logger(__name__)


class Outage:
    """Give every answer the request's id; a database that does not answer is a 503, never half a page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
        except (OperationalError, InterfaceError) as fault:
            response = self.process_exception(request, fault)
        response["X-Request-ID"] = errors.request_id()
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("database_unavailable", path=request.path, exc_info=exception)
        return errors.unavailable(request)


class IdleSession:
    """End a session that nobody used for SESSION_IDLE."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.idle = settings.SESSION_IDLE.total_seconds()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get(SEEN, now)
            if now - seen > self.idle:
                logout(request)
            elif now - seen >= STEP or SEEN not in request.session:
                request.session[SEEN] = now
        return self.get_response(request)
