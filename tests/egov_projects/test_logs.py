"""Here: the shape of a log line. Not here: what is logged."""

import io
import json
import logging

import pytest
import structlog

from egov_projects import logs


@pytest.fixture
def line():
    """Log with the project's format and read the one line it wrote."""
    stream = io.StringIO()
    config = logs.configure("INFO")["formatters"]["line"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(config.pop("()")(**config))
    logger = logging.getLogger("test.logs")
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel("INFO")

    def read() -> dict:
        (text,) = stream.getvalue().splitlines()
        return json.loads(text)

    yield read
    logger.removeHandler(handler)


def test_a_line_break_cannot_forge_a_second_line(line):
    logging.getLogger("test.logs").info("登录失败：%s", 'a\n{"event": "forged"}')
    assert line()["event"] == '登录失败：a\n{"event": "forged"}'


def test_a_traceback_stays_on_its_line(line):
    try:
        raise ValueError("出错")
    except ValueError:
        structlog.get_logger("test.logs").exception("failed", project=7)
    entry = line()
    assert (entry["event"], entry["project"], entry["level"]) == ("failed", 7, "error")
    assert "ValueError: 出错" in entry["exception"]
