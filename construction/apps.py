"""Here: start-up of the construction room. Not here: anything that runs per request."""

from django.apps import AppConfig


class ConstructionConfig(AppConfig):
    """建设."""

    name = "construction"
    verbose_name = "建设与变更"

    def ready(self) -> None:
        """Register forms, facts, firms, amounts, duties and effects."""
        from construction import (  # noqa: F401
            amendments,
            documents,
            duties,
            effects,
            facts,
            facts_contents,
            forms,
            independence,
        )
