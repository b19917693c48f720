"""Here: start-up of the budget room. Not here: anything that runs per request."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """预算 and 拨付."""

    name = "budget"
    verbose_name = "预算"

    def ready(self) -> None:
        """Register forms, facts, effects and duties."""
        from budget import duties, effects, facts, facts_money, forms, forms_payment, panels  # noqa: F401
