"""Here: trivial jobs done by two workers, one of them killed in the middle. Not here: the workers (crew)."""

from itertools import count

from bench.crew import again, crew
from organizations.models import AuditEvent
from tests.jobs import works  # noqa: F401


def measure(size: int) -> dict:
    """Jobs per second without a death; then the same number with kill -9 after a third: each exactly once."""
    numbers = count()
    with crew() as found:
        found.warm("trial.mark", ({"number": next(numbers)} for _ in count()))
        peaceful = found.ask("trial.mark", [{"number": f"a{number}"} for number in range(size)])
        before = found.seconds_of_cpu()
        seconds = found.finish(peaceful)
        worked = found.seconds_of_cpu() - before
        deadly = found.ask("trial.mark", [{"number": f"b{number}"} for number in range(size)])
        with_death = found.finish(deadly, kill_after=size // 3)
        memory = found.memory()
    return {
        "jobs": size,
        "per_second": round(size / seconds, 1),
        "cpu_ms_each": round(worked / size * 1000, 1),
        "seconds_with_kill": round(with_death, 1),
        "second_attempts": again(deadly),
        "marks": marks().count(),
        "different_marks": marks().values("target").distinct().count(),
        "worker_mb": max(memory),
    }


def marks():
    """What the jobs of the run with a death have left."""
    return AuditEvent.objects.filter(action="job.trial", target__startswith="b")
