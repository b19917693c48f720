"""Here: the room's name and what it listens to. Not here: anything that decides."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

_SYSTEM = ("system_units", "system_new_unit", "system_unit", "system_offices", "system_places", "system_new_place",
           "system_place", "system_people", "system_new_person")
_CALENDAR = ("deadlines:calendar", "deadlines:calendar_year")
SYSTEM_PAGES = (*(f"organizations:{name}" for name in _SYSTEM), "organizations:system_person", *_CALENDAR)
SECURITY_PAGES = tuple(f"organizations:security_{name}" for name in ("lockouts", "sessions", "policy"))


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "单位与用户"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import signals  # noqa: F401
        from .doors import has_post
        from .models import Post
        from .navigation import enter
        from .seed import seed_after_migrate

        system, security = has_post(Post.SYSTEM_ADMIN), has_post(Post.SECURITY_ADMIN)
        enter("organizations:system", "系统管理", order=15, shown=system, also=SYSTEM_PAGES)
        enter("organizations:security_rights", "安全管理", order=15, shown=security, also=SECURITY_PAGES)
        post_migrate.connect(seed_after_migrate, sender=self, dispatch_uid="organizations.seed")
