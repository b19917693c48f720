"""Here: start-up of the jobs app. Not here: anything that runs per request."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Work in the background."""

    name = "jobs"
    verbose_name = "任务"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load every room's works.py; name what is recorded."""
        from organizations.audit import name_actions

        name_actions(
            {
                "job.start": "发起任务",
                "job.cancel": "取消任务",
                "job.retry": "重做任务",
                "job.download": "下载任务结果",
            }
        )
        autodiscover_modules("works")
