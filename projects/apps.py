"""Here: start-up of the projects app. Not here: anything that runs per request."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The map and the door."""

    name = "projects"
    verbose_name = "项目"

    def ready(self) -> None:
        """Load what registers itself, keep the triggers in place, check the book against the vocabulary."""
        from django.db.models.signals import post_migrate, pre_migrate

        from organizations.audit import name_actions
        from organizations.navigation import business, enter
        from projects import (  # noqa: F401
            checks,
            declared,
            documents,
            documents_filing,
            documents_records,
            effects,
            facts,
            facts_filings,
            facts_yearly,
            forms,
            forms_scope,
            issuance,
            panels_papers,
            parties,
            search,
            triggers,
        )
        from projects.audit_log import may_read

        declared.register_all()
        documents_records.register_all()
        name_actions({"filing.kept_aside": "提交后输入的内容另行保留"})
        enter("projects:list", "项目", order=20, shown=business)
        enter("projects:audit", "审计", order=85, shown=may_read, also=("projects:audit_ledger", "projects:anchors"))
        enter("projects:batches", "申报通知", order=30, shown=business)
        pre_migrate.connect(triggers.lift, sender=self)
        post_migrate.connect(triggers.install, sender=self)
        post_migrate.connect(search.install, sender=self)
