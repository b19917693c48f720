"""Here: start-up of the acceptance room. Not here: anything that runs per request."""

from django.apps import AppConfig


class AcceptanceConfig(AppConfig):
    """验收."""

    name = "acceptance"
    verbose_name = "验收"

    def ready(self) -> None:
        """Register forms, facts and the testing institution among the parties."""
        from acceptance import (  # noqa: F401
            documents,
            documents_forms,
            duties,
            facts,
            facts_changes,
            facts_trial,
            forms,
            forms_changes,
            forms_outcome,
            panels,
            parties,
        )
