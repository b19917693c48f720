"""Here: the places above the demo's cities, invented, and a project that comes under their instrument. Not here: the cities."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from egov_projects.demo.people import Cast
from egov_projects.walk import Walker
from organizations import clock
from organizations.models import Jurisdiction, Office, User
from projects.filing import open_draft
from projects.models import Project

OFFICES = {
    ("national", "国家", "national-2007"): {"centre": ("国家发展改革委", "guojia-fagai")},
    ("demo-province", "示范省", "sichuan-provincial"): {
        "centre": ("示范省发展改革委", "sheng-fagai"), "audit": ("示范省审计厅", "sheng-shenji"),
    },
}  # fmt: skip
CENTRAL = "太仓市民政局养老服务国家试点平台"
FUNDING = [
    {"source": "上级财政", "level": "中央", "amount": "1500000.00"},
    {"source": "本级财政", "level": "市级", "amount": "900000.00"},
]
FILED_ON = date(2026, 5, 18)


def settle(password: str, say: Callable[[str], None]) -> None:
    """One above the other, then the province above every city; and a project with central money."""
    above, names = None, []
    cities = list(Jurisdiction.objects.all())
    for (code, name, pack), offices in OFFICES.items():
        above = Jurisdiction.objects.create(code=code, name=name, pack=pack, parent=above)
        cast = Cast(above, password)
        for role, (unit_name, username) in offices.items():
            unit = cast.unit(unit_name)
            Office.objects.create(jurisdiction=above, role=role, organization=unit)
            names.append(cast.person(username, unit).username)
    Jurisdiction.objects.filter(pk__in=[city.pk for city in cities]).update(parent=above)
    _with_central_money(User.objects.get(username="tc-minzheng"))
    say(f"示范省和国家:上级账号 {'、'.join(names)}")


def _with_central_money(clerk: User) -> None:
    with clock.at(FILED_ON):
        walker = Walker({})
        project = open_draft(actor=clerk, name=CENTRAL, kind="新建", origin="集中申报")
        project.declared_total = Decimal("2400000.00")
        walker.record(project, "filing", {"name": CENTRAL, "funding": FUNDING})
        walker.walk_to(Project.objects.get(pk=project.pk), "filed")
