"""Here: start-up of the reports room. Not here: anything that runs per request."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Lists and sums over all stages."""

    name = "reports"
    verbose_name = "报表"
