"""Here: the round that mends what crashes left and lets old results go. Not here: how a job is done (running)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from jobs import results
from jobs.models import Job
from jobs.start import send

RESEND = timedelta(minutes=5)  # a message that is waited for so long may be lost; a second one does no harm
AT_ONCE = 1000
INTERRUPTED = "执行程序多次意外中断,没有完成。请稍后再试;仍不成功时请联系系统管理员。"


@dataclass(frozen=True)
class Swept:
    """How many jobs were taken back from dead workers, ended for good, handed over again; how many results went."""

    recovered: int
    ended: int
    sent: int
    expired: int


def sweep() -> Swept:
    """Mend once. Running twice, or in two places, does nothing twice."""
    now = timezone.now()
    recovered, ended = _recover(now)
    return Swept(recovered, ended, _send(now), _expire(now))


def _recover(now: datetime) -> tuple[int, int]:
    recovered = ended = 0
    for job in Job.objects.filter(status=Job.RUNNING, leased_until__lt=now).order_by("leased_until")[:AT_ONCE]:
        row = Job.objects.filter(pk=job.pk, status=Job.RUNNING, attempts=job.attempts, leased_until__lt=now)
        if job.cancel_asked:
            ended += row.update(status=Job.CANCELLED, finished_at=now, words="")
        elif job.attempts >= job.last_attempt:
            ended += row.update(status=Job.FAILED, finished_at=now, words="", error=INTERRUPTED)
        else:
            words = f"第 {job.attempts} 次意外中断,自动重新开始。"
            recovered += row.update(status=Job.QUEUED, due_at=now, sent_at=None, words=words)
    return recovered, ended


def _send(now: datetime) -> int:
    """Hand over what waits and was never handed over, or so long ago that the message may be lost."""
    never = Q(sent_at=None, due_at__lte=now)
    long_ago = Q(sent_at__lt=now - RESEND, due_at__lt=now - RESEND)
    sent = 0
    waiting = Job.objects.filter(never | long_ago, status=Job.QUEUED).order_by("due_at")
    for pk, kind in waiting.values_list("pk", "kind")[:AT_ONCE]:
        if not send(pk, kind):
            break
        sent += 1
    return sent


def _expire(now: datetime) -> int:
    expired = 0
    for job in Job.objects.filter(~Q(result=""), expires_at__lt=now).order_by("expires_at")[:AT_ONCE]:
        results.remove(job)
        expired += Job.objects.filter(pk=job.pk, expires_at__lt=now).exclude(result="").update(result="")
    return expired
