"""Here: start-up of the performance room. Not here: anything that runs per request."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """绩效."""

    name = "performance"
    verbose_name = "绩效评价"

    def ready(self) -> None:
        """Register forms, facts and panels."""
        from performance import documents, duties, facts, forms, forms_promise, panels, panels_promise  # noqa: F401
