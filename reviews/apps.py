"""Here: start-up of the reviews room. Not here: anything that runs per request."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """预审 and 评审."""

    name = "reviews"
    verbose_name = "预审与评审"

    def ready(self) -> None:
        """Register forms, facts, effects and parties."""
        from reviews import effects, facts, facts_checklist, facts_scheme, forms, party  # noqa: F401
