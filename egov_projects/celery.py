"""Here: the Celery application. Not here: tasks (each room's tasks.py) and options (CELERY_* in settings)."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egov_projects.settings")

app = Celery("egov_projects")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@setup_logging.connect
def use_the_project_log(**_: Any) -> None:
    """Keep Celery from installing a log format of its own."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)
