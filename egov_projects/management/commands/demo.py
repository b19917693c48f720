"""Here: the command that loads the demo city. Not here: the city (egov_projects/demo)."""

import secrets
from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Sum

from egov_projects.demo import above, elsewhere
from egov_projects.demo.people import settle
from egov_projects.demo.year import Year, applications
from jobs.start import left_to_sweep
from organizations.models import User
from projects.models import Project

PASSWORD_FILE = "demo.txt"


class Command(BaseCommand):
    """Walks a believable year of a city through the doors. All or nothing."""

    help = "载入演示城市:39个单位、75个申报项目和后续各阶段的项目。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="已有用户时什么也不做")

    def handle(self, *args, **options) -> None:
        if User.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("库中已有用户,演示数据只能载入空库。")
        if settings.PRODUCTION:
            raise CommandError("生产环境不载入演示数据。")
        started, password = monotonic(), secrets.token_urlsafe(9)
        with left_to_sweep(), transaction.atomic():
            people = settle(password, {each.unit: each.type for each in applications()})

            def say(text: str) -> None:
                self.stdout.write(f"  {text}({monotonic() - started:.0f} 秒)")

            Year(people, say).play()
            for place in elsewhere.PLACES:
                elsewhere.settle(place, password, say)
            above.settle(password, say)
        self._report(people, password, monotonic() - started)

    def _report(self, people, password: str, seconds: float) -> None:
        path = settings.VAR / PASSWORD_FILE
        path.touch(mode=0o600)
        path.write_text(f"{password}\n", encoding="utf-8")
        asked = Project.objects.aggregate(total=Sum("declared_total"))["total"]
        self.stdout.write(
            f"演示城市已载入:{Project.objects.count()} 个项目,申报合计 {asked:,.2f} 元,用时 {seconds:.0f} 秒。"
        )
        offices = "、".join(user.username for user in people.actors.values())
        units = "、".join([user.username for user in people.clerks.values()][-3:])
        self.stdout.write(f"账号:{offices}(各部门);{units} 等(建设单位)")
        self.stdout.write(f"全部账号的密码(只显示这一次,另存于 {path}):{password}")
