"""Here: the top floor: settings, URLs, the Celery application. Not here: anything a room could own."""

from egov_projects.celery import app as celery_app

__all__ = ["celery_app"]
