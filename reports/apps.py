"""Here: start-up of the reports room. Not here: anything that runs per request."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

READERS = ("finance", "gov_office", "audit", "centre")


def count_what_is_there(**signal) -> None:
    """A database from before sums were kept gets them once, after its migration."""
    from django.db import connection

    from projects.models import Project
    from reports.models import ProjectFigures

    tables = {model._meta.db_table for model in (Project, ProjectFigures)}
    if tables <= set(connection.introspection.table_names()) and not ProjectFigures.objects.exists():
        from reports.drift import rebuild

        rebuild()


class ReportsConfig(AppConfig):
    """Lists and sums over all stages."""

    name = "reports"
    verbose_name = "报表"

    def ready(self) -> None:
        """Offer the lists in the navigation; listen to what happens."""
        from organizations.audit import name_actions
        from organizations.doors import has_post
        from organizations.models import Post
        from organizations.navigation import business, enter, officers
        from organizations.roles import held
        from projects.places import several
        from reports import effects  # noqa: F401

        autodiscover_modules("volume")
        from reports.volume import own, panels  # noqa: F401

        name_actions({"volume.make": "档案成册", "volume.fetch": "下载档案卷"})
        post_migrate.connect(count_what_is_there, sender=self)

        def plan_only(user) -> bool:
            """Offices that do not read the dashboard, where the plan is a tab."""
            return bool(held(user)) and not held(user) & set(READERS) and not several(user)

        def differences(user) -> int | None:
            """What the last comparison of the sums found."""
            from reports.drift import last_differences

            return last_differences() or None

        plan = ("reports:plan_year", "reports:results", "performance:overview")
        board = ("reports:budget_rows", "reports:checks", "reports:plan", *plan)

        def reads_one_place(user) -> bool:
            """Readers of the dashboard; for those who compare places it is a tab beside that."""
            return officers(*READERS)(user) and not several(user)

        enter("reports:dashboard", "预算看板", order=55, shown=reads_one_place, also=board)
        enter("reports:places", "辖区对比", order=55, shown=several, also=("reports:pace", "reports:dashboard", *board))
        enter("reports:plan", "年度计划", order=60, shown=plan_only, also=plan)
        enter("reports:waivers", "例外台账", order=50, shown=officers())
        enter("reports:checks", "看板对账", order=60, shown=has_post(Post.SYSTEM_ADMIN), badge=differences)
        enter("reports:supervision", "监督清单", order=70, shown=business)
