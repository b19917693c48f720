"""Here: start-up of the exchange. Not here: anything that runs per request."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExchangeConfig(AppConfig):
    """Lists that leave and enter the house as workbooks."""

    name = "exchange"
    verbose_name = "导出和导入"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load every room's exports.py and imports.py; name what is recorded."""
        from organizations.audit import name_actions

        name_actions({"export": "导出 Excel", "import.check": "检查导入文件", "import.write": "导入"})
        autodiscover_modules("exports", "imports")
