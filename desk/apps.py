"""Here: start-up of the desk. Not here: anything that runs per request."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """An officer's day."""

    name = "desk"
    verbose_name = "工作台"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to events, check the pack's notices."""
        from desk import checks, effects, panels  # noqa: F401
        from desk.duties import follow_new
        from desk.inbox import WORDS, waiting
        from desk.letters import announce
        from organizations.audit import name_actions
        from organizations.navigation import business, enter

        follow_new(announce)
        name_actions(WORDS)
        enter(
            "desk:home",
            "待办",
            order=10,
            shown=business,
            badge=waiting,
            also=("desk:done", "desk:mine", "desk:notices"),
        )
