"""Here: jobs on the command line. Not here: what they do."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs import running
from jobs.models import Job
from jobs.sweep import sweep


class Command(BaseCommand):
    help = "sweep: mend what crashes left and let old results go. run: do what waits, here and now, without a worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["sweep", "run"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "sweep":
            found = sweep()
            self.stdout.write(
                f"收回 {found.recovered} 个,终止 {found.ended} 个,重新交办 {found.sent} 个,清理过期结果 {found.expired} 个。"
            )
        else:
            self.stdout.write(f"完成 {run_waiting()} 个任务。")


def run_waiting() -> int:
    """Do every job that waits now, oldest first; returns how many were done here."""
    waiting = Job.objects.filter(status=Job.QUEUED, due_at__lte=timezone.now()).order_by("due_at", "created_at")
    return sum(running.run(str(pk)) for pk in waiting.values_list("pk", flat=True))
