"""Here: work for the tests, known to real workers too (`celery worker -I tests.jobs.works`). Not here: what is tested."""

import time
from datetime import timedelta

from django.utils import timezone

from jobs import Refused, start
from jobs.registry import work
from jobs.sweep import sweep
from organizations import audit
from projects.errors import Closed


@work("trial.mark", label="试验:记一笔")
def mark(job) -> None:
    """Leave one mark in the audit log, exactly once."""
    with job.once():
        audit.record(None, "job.trial", target=str(job.arguments.get("number", "")))


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


@work("trial.law", label="试验:不合规定")
def law(job) -> None:
    """Refuse as a room does."""
    raise Closed("验收以后不再登记。")


@work("trial.cancelled", label="试验:中途取消")
def cancelled(job) -> None:
    """Be cancelled on the way."""
    job.keep("半.txt", "text/plain", b"half")
    start.cancel(job.job, actor=None)
    mark(job)


@work("trial.stalled", label="试验:停顿太久")
def stalled(job) -> None:
    """Stall so long in the first attempt that the sweep believes its worker dead, then go on."""
    job.keep("表.txt", "text/plain", f"attempt {job.attempt}".encode())
    if job.attempt == 1:
        job.mine().update(leased_until=timezone.now() - timedelta(seconds=1))
        assert sweep().recovered == 1
    mark(job)
