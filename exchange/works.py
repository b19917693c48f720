"""Here: imports that are checked or written in the background. Not here: checking and writing (imports/running.py)."""

from exchange.imports import running
from jobs.registry import work


@work(running.CHECK, label="检查导入文件", queue="imports")
def check(job) -> None:
    """Check a long import."""
    running.check(job.arguments["run"])


@work(running.WRITE, label="导入", queue="imports")
def write(job) -> None:
    """Write a long import that was confirmed."""
    running.write(job.arguments["run"])
