"""Here: start-up of the reports room. Not here: anything that runs per request."""

from django.apps import AppConfig

READERS = ("finance", "gov_office", "audit", "centre")


class ReportsConfig(AppConfig):
    """Lists and sums over all stages."""

    name = "reports"
    verbose_name = "报表"

    def ready(self) -> None:
        """Offer the lists in the navigation."""
        from organizations.navigation import business, enter, officers
        from organizations.roles import held

        def plan_only(user) -> bool:
            """Offices that do not read the dashboard, where the plan is a tab."""
            return bool(held(user)) and not held(user) & set(READERS)

        plan = ("reports:plan_year", "reports:results", "performance:overview")
        board = ("reports:budget_rows", "reports:plan", *plan)
        enter("reports:dashboard", "预算看板", order=55, shown=officers(*READERS), also=board)
        enter("reports:plan", "年度计划", order=60, shown=plan_only, also=plan)
        enter("reports:waivers", "例外台账", order=50, shown=officers())
        enter("reports:supervision", "监督清单", order=70, shown=business)
