"""Here: start-up of the construction room. Not here: anything that runs per request."""

from django.apps import AppConfig


class ConstructionConfig(AppConfig):
    """建设."""

    name = "construction"
    verbose_name = "建设与变更"

    def ready(self) -> None:
        """Register forms, facts, firms, amounts, duties and effects."""
        from construction import amendments, documents, duties, effects, facts, forms, independence  # noqa: F401
