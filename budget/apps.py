"""Here: start-up of the budget room. Not here: anything that runs per request."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """预算 and 拨付."""

    name = "budget"
    verbose_name = "预算"

    def ready(self) -> None:
        """Register forms, facts and effects."""
        from budget import effects, facts, facts_money, forms, forms_payment  # noqa: F401
