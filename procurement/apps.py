"""Here: start-up of the procurement room. Not here: anything that runs per request."""

from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    """采购."""

    name = "procurement"
    verbose_name = "采购"

    def ready(self) -> None:
        """Register forms, facts, firms, duties and panels."""
        from procurement import documents, duties, facts, forms, panels, party  # noqa: F401
