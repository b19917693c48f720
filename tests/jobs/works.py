"""Here: work for the tests, known to real workers too (`celery worker -I tests.jobs.works`). Not here: what is tested."""

import time

from jobs import Refused
from jobs.registry import work
from organizations import audit


@work("trial.mark", label="试验:记一笔")
def mark(job) -> None:
    """Leave one mark in the audit log, exactly once."""
    with job.once():
        audit.record(None, "job.trial", target=str(job.arguments["number"]))


@work("trial.slow", label="试验:慢", attempts=3)
def slow(job) -> None:
    """Wait for so many seconds, then leave a mark."""
    until = time.monotonic() + job.arguments["seconds"]
    while (left := until - time.monotonic()) > 0:
        job.progress(0, 1, "正在等待")
        time.sleep(min(left, 0.1))
    mark(job)


@work("trial.file", label="试验:结果文件", attempts=2)
def file(job) -> None:
    """Keep a result of two steps."""
    job.progress(1, 2, "第一步")
    job.keep("结果/表.txt", "text/plain", job.arguments["text"].encode())
    job.progress(2, 2)


@work("trial.wrong", label="试验:出错", attempts=2)
def wrong(job) -> None:
    """Fail: for good with `words`, else in a way that another attempt may mend."""
    if words := job.arguments.get("words"):
        raise Refused(words)
    if job.attempt <= job.arguments.get("times", 99):
        raise ValueError("no luck")
