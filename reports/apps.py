"""Here: start-up of the reports room. Not here: anything that runs per request."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Lists and sums over all stages."""

    name = "reports"
    verbose_name = "报表"

    def ready(self) -> None:
        """Offer the lists in the navigation."""
        from organizations.navigation import business, enter, officers

        board = ("reports:budget_rows", "performance:overview")
        enter(
            "reports:dashboard",
            "预算看板",
            order=55,
            shown=officers("finance", "gov_office", "audit", "centre"),
            also=board,
        )
        enter("reports:plan", "年度计划", order=60, shown=officers(), also=("reports:plan_year", "reports:results"))
        enter("reports:waivers", "例外台账", order=50, shown=officers())
        enter("reports:supervision", "监督清单", order=70, shown=business)
