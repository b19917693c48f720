"""Here: start-up of the budget room. Not here: anything that runs per request."""

from django.apps import AppConfig

ACTIONS = {
    "envelope.set": "登记可用财力",
    "plan.order": "调整年度计划次序",
    "plan.lock": "锁定年度计划",
    "plan.unlock": "解锁年度计划",
}


class BudgetConfig(AppConfig):
    """预算 and 拨付."""

    name = "budget"
    verbose_name = "预算"

    def ready(self) -> None:
        """Register forms, facts, effects and duties."""
        from budget import documents, duties, effects, facts, facts_money, forms, forms_payment, panels  # noqa: F401
        from organizations.audit import name_actions

        name_actions(ACTIONS)
