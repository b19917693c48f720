"""Here: the shape of a log line: one JSON object, with the request's id. Not here: what is worth logging."""

import re
from typing import Any

import structlog

# The calendar's address is its own key (deadlines.feed): it must not stand in a log.
_SECRET = re.compile(r"(/calendar/)[^/\s\"]+(\.ics)")


def without_secrets(logger: Any, name: str, line: dict[str, Any]) -> dict[str, Any]:
    """The line with secret parts of addresses left out."""
    for key in ("event", "request", "path"):
        if isinstance(line.get(key), str) and "/calendar/" in line[key]:
            line[key] = _SECRET.sub(r"\1…\2", line[key])
    return line


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    without_secrets,
]


def configure(level: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING: every record of every library becomes one JSON line on stderr."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    line = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*_SHARED, structlog.stdlib.ExtraAdder()],
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers would print the same record a second time.
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # A broken request is logged once, with its id, by django_structlog.
            "django.request": {"level": "CRITICAL"},
            "axes": {"level": "WARNING"},
            # Both tell of every page they draw.
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
        },
    }
