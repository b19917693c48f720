"""Here: what beat is told to do. Not here: the tasks themselves (each room's tests)."""

from django.conf import settings

from egov_projects.celery import app

SCHEDULE = settings.CELERY_BEAT_SCHEDULE


def test_every_tick_is_a_task_on_the_queue_of_ticks_and_may_come_too_late():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in SCHEDULE.values()} - set(app.tasks) == set()
    assert {entry["options"]["queue"] for entry in SCHEDULE.values()} == {"ticks"}
    assert all(entry["options"]["expires"] >= 60 for entry in SCHEDULE.values())


def test_everything_that_has_to_happen_by_itself_is_scheduled():
    assert {entry["task"] for entry in SCHEDULE.values()} >= {
        "deadlines.tasks.sweep",
        "desk.tasks.digest",
        "jobs.tasks.sweep",
        "projects.tasks.anchor",
        "reports.tasks.check_rollups",
        "reports.tasks.fold_rollups",
    }
    assert SCHEDULE["ledgers-anchored"]["schedule"].day_of_month == {1}
