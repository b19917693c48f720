"""Here: start-up of the papers app. Not here: anything that runs per request."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Official papers."""

    name = "papers"
    verbose_name = "公文"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the triggers in place, name what is recorded."""
        from django.db.models.signals import post_migrate, pre_migrate

        from organizations.audit import name_actions
        from papers import checks, triggers  # noqa: F401

        name_actions({"paper.issue": "出具公文", "paper.reissue": "重新出具公文", "paper.file": "生成公文文件"})
        pre_migrate.connect(triggers.lift, sender=self)
        post_migrate.connect(triggers.install, sender=self)
