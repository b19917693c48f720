"""Here: a job from asking to its end, and what the sweep mends. Not here: dying workers (test_workers), pages (test_pages)."""

import hashlib
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from jobs import exports, running
from jobs.models import Job
from jobs.registry import work
from jobs.start import cancel, left_to_sweep, retry, start
from jobs.sweep import INTERRUPTED, RESEND, Swept, sweep
from organizations.models import AuditEvent

pytestmark = [pytest.mark.lifecycle, pytest.mark.django_db]


def marks() -> int:
    return AuditEvent.objects.filter(action="job.trial").count()


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def files() -> int:
    return sum(path.is_file() for path in (Path(settings.MEDIA_ROOT) / "jobs").rglob("*"))


def wait_is_over(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())


def test_the_same_key_is_the_same_job():
    first = start("trial.mark", actor=None, key="mark:1", number=1)
    assert start("trial.mark", actor=None, key="mark:1", number=2) == first
    assert running.run(str(first.pk))
    assert start("trial.mark", actor=None, key="mark:1", number=3).status == Job.DONE
    assert (Job.objects.count(), marks()) == (1, 1)


def test_a_message_that_comes_twice_does_nothing_twice():
    job = start("trial.mark", actor=None)
    assert [running.run(str(job.pk)) for _ in range(3)] == [True, False, False]
    assert (now(job).status, now(job).attempts, marks()) == (Job.DONE, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_are_told_one_does_it():
    job = Job.objects.create(kind="trial.mark", key="k", last_attempt=4)

    def go() -> None:
        running.run(str(job.pk))
        connection.close()

    threads = [Thread(target=go) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (now(job).status, now(job).attempts, marks()) == (Job.DONE, 1, 1)


def test_a_failed_attempt_is_made_again_later_and_later():
    job = start("trial.wrong", actor=None, times=1)
    assert running.run(str(job.pk))
    again = now(job)
    assert (again.status, again.attempts, again.error) == (Job.QUEUED, 1, "")
    assert timedelta(seconds=9) < again.due_at - timezone.now() <= timedelta(seconds=12)
    assert not running.run(str(job.pk)), "not before its time"
    wait_is_over(job)
    assert running.run(str(job.pk))
    assert (now(job).status, now(job).attempts, now(job).words) == (Job.DONE, 2, "")


def test_the_wait_doubles_up_to_ten_minutes():
    seconds = [running.back_off(Job(pk=UUID(int=0)), attempt).total_seconds() for attempt in range(1, 9)]
    assert seconds == [10, 20, 40, 80, 160, 320, 600, 600]
    assert running.back_off(Job(pk=UUID(int=99)), 1).total_seconds() == 11.98


def test_it_gives_up_in_plain_words_and_can_be_asked_again():
    job = start("trial.wrong", actor=None, times=2)
    for _ in range(2):
        wait_is_over(job)
        running.run(str(job.pk))
    assert (now(job).status, now(job).error, now(job).attempts) == (Job.FAILED, running.GAVE_UP, 2)
    assert retry(now(job), actor=None)
    assert running.run(str(job.pk))
    assert (now(job).status, now(job).error, now(job).attempts) == (Job.DONE, "", 3)
    assert not retry(now(job), actor=None)


@pytest.mark.parametrize(
    ("kind", "given", "error"),
    [
        ("trial.wrong", {"words": "没有可以导出的项目。"}, "没有可以导出的项目。"),
        ("trial.law", {}, "这一环节的材料现在不能登记或更改:验收以后不再登记。"),
    ],
)
def test_what_no_retry_can_mend_ends_at_once(kind, given, error):
    job = start(kind, actor=None, **given)
    running.run(str(job.pk))
    assert (now(job).status, now(job).error, now(job).attempts) == (Job.FAILED, error, 1)


def test_cancelled_while_waiting_it_is_never_done():
    job = start("trial.mark", actor=None)
    assert cancel(job, actor=None)
    assert not cancel(job, actor=None)
    assert not running.run(str(job.pk))
    assert (now(job).status, marks()) == (Job.CANCELLED, 0)


def test_cancelled_on_the_way_it_leaves_neither_effects_nor_files(django_capture_on_commit_callbacks):
    job, before = start("trial.cancelled", actor=None), files()
    with django_capture_on_commit_callbacks(execute=True):
        running.run(str(job.pk))
    assert (now(job).status, now(job).attempts, now(job).result, marks()) == (Job.CANCELLED, 1, "", 0)
    assert files() == before


def test_a_run_that_was_thought_dead_changes_nothing_any_more():
    job = start("trial.stalled", actor=None)
    running.run(str(job.pk))
    running.run(str(job.pk))  # with a broker nobody else has done it meanwhile
    assert (now(job).status, now(job).attempts, marks()) == (Job.DONE, 2, 1)
    with open(Path(settings.MEDIA_ROOT) / now(job).result, "rb") as file:
        assert file.read() == b"attempt 2"


def test_the_result_is_described_and_old_attempts_leave_nothing(django_capture_on_commit_callbacks):
    job, before = start("trial.file", actor=None, text="甲"), files()
    with django_capture_on_commit_callbacks(execute=True):
        running.run(str(job.pk))
    done = now(job)
    assert (done.filename, done.content_type, done.size) == ("结果_表.txt", "text/plain", 3)
    assert done.sha256 == hashlib.sha256("甲".encode()).hexdigest()
    assert (done.done, done.total) == (2, 2)
    assert timedelta(days=29) < done.expires_at - timezone.now() <= timedelta(days=30)
    assert files() == before + 1


def crashed(**fields) -> Job:
    """A job whose worker died a while ago."""
    gone = timezone.now() - timedelta(seconds=1)
    usual = {"kind": "trial.mark", "status": Job.RUNNING, "attempts": 1, "last_attempt": 3, "leased_until": gone}
    return Job.objects.create(key=str(fields), **usual | fields)


def test_the_sweep_takes_back_what_a_dead_worker_held():
    job, alive = crashed(), crashed(leased_until=timezone.now() + timedelta(seconds=30))
    assert (sweep().recovered, sweep().recovered) == (1, 0)
    running.run(str(job.pk))
    assert (now(job).status, now(job).attempts, marks()) == (Job.DONE, 2, 1)
    assert now(alive).status == Job.RUNNING


def test_the_sweep_ends_what_dies_again_and_again_or_was_cancelled():
    worn, unwanted = crashed(attempts=3), crashed(cancel_asked=True)
    Job.objects.filter(status=Job.QUEUED).delete()
    assert sweep() == Swept(recovered=0, ended=2, sent=0, expired=0)
    assert (now(worn).status, now(worn).error) == (Job.FAILED, INTERRUPTED)
    assert now(unwanted).status == Job.CANCELLED


def test_what_is_left_to_the_sweep_waits_for_it(django_capture_on_commit_callbacks):
    Job.objects.all().delete()
    with left_to_sweep(), django_capture_on_commit_callbacks(execute=True):
        job = start("trial.mark", actor=None, key="left")
    assert (now(job).status, now(job).sent_at, marks()) == (Job.QUEUED, None, 0)
    assert sweep().sent == 1
    running.run(str(job.pk))  # with a broker nobody else listens to
    assert marks() == 1


def test_the_sweep_hands_over_what_was_never_sent_or_whose_message_is_lost():
    Job.objects.all().delete()  # a city may have issued papers
    long_ago = timezone.now() - RESEND - timedelta(seconds=1)
    base = {"kind": "trial.mark", "last_attempt": 1}
    Job.objects.create(key="never", **base)
    Job.objects.create(key="lost", sent_at=long_ago, due_at=long_ago, **base)
    Job.objects.create(key="just sent", sent_at=timezone.now(), due_at=long_ago, **base)
    Job.objects.create(key="later", due_at=timezone.now() + timedelta(minutes=1), **base)
    assert sweep().sent == 2
    assert sweep().sent == 0


def test_work_that_is_no_longer_there_fails_and_holds_nothing_up():
    Job.objects.all().delete()
    gone = Job.objects.create(key="gone", kind="trial.removed", last_attempt=1)
    mark = Job.objects.create(key="mark", kind="trial.mark", last_attempt=1)
    assert sweep().sent == 2
    running.run(str(gone.pk))
    running.run(str(mark.pk))
    assert (now(gone).status, now(gone).label, now(mark).status) == (Job.FAILED, "trial.removed", Job.DONE)
    assert not retry(now(gone), actor=None)


def test_jobs_can_be_done_without_a_worker_on_the_command_line():
    Job.objects.all().delete()
    for number in range(3):
        Job.objects.create(key=str(number), kind="trial.mark", last_attempt=1, sent_at=timezone.now())
    said = StringIO()
    call_command("jobs", "run", stdout=said)
    assert said.getvalue() == "完成 3 个任务。\n"
    assert marks() == 3
    call_command("jobs", "sweep", stdout=said)


@exports.export("trial.export", label="试验:导出", suffix=".csv", content_type="text/csv")
def rows(job, out: BytesIO) -> None:
    out.write(f"编号,{job.arguments['year']}".encode())


def test_a_large_export_is_asked_for_once_and_kept_for_a_week(city):
    job = exports.ask("trial.export", actor=city.applicant, title="项目表", year=2026)
    assert exports.ask("trial.export", actor=city.applicant, title="项目表", year=2026) == job
    assert exports.ask("trial.export", actor=city.applicant, title="项目表", year=2027) != job
    assert exports.ask("trial.export", actor=city.users["sibling"], title="项目表", year=2026) != job
    running.run(str(job.pk))
    done = now(job)
    assert (done.filename, done.content_type, done.size) == ("项目表.csv", "text/csv", len("编号,2026".encode()))
    assert done.expires_at - timezone.now() <= timedelta(days=7)


def test_a_kind_is_known_once_and_has_a_queue_that_is_listened_to():
    with pytest.raises(LookupError):
        start("trial.unknown", actor=None)
    with pytest.raises(ValueError, match="twice"):
        work("trial.mark", label="又一个")(print)
    with pytest.raises(ValueError, match="no queue"):
        work("trial.elsewhere", label="别处", queue="elsewhere")
