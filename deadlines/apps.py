"""Here: the app's name and what it starts. Not here: the work itself."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = "时限"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from deadlines import checks, clocks, panels, signals, timetable  # noqa: F401  (register themselves)
        from deadlines.publish import recomputers
        from deadlines.seed import seed_calendar
        from deadlines.words import WORDS
        from organizations.audit import name_actions
        from organizations.navigation import business, enter

        pages = ("deadlines:statistics", "deadlines:reports")
        enter("deadlines:board", "时限", order=40, shown=business, also=pages)
        name_actions(WORDS)

        if clocks.recompute not in recomputers:
            recomputers.append(clocks.recompute)

        post_migrate.connect(seed_calendar, sender=self, dispatch_uid="deadlines.seed_calendar")
