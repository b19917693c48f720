"""Here: small demo cities under other regulations, beside the large one. Not here: that one (people.py, year.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from egov_projects.demo.people import Cast
from egov_projects.walk import Walker
from organizations import clock
from organizations.models import Jurisdiction, Office, User
from policies.loader import load
from projects.filing import open_draft, publish_batch
from projects.models import Project


@dataclass(frozen=True)
class Place:
    """A city: its pack, its units by username, its projects as (username, name, 元, state to reach), and when states are reached."""

    code: str
    name: str
    pack: str
    units: dict[str, str]
    projects: tuple[tuple[str, str, str, str], ...]
    days: dict[str, date]


PLACES = (
    Place(
        "zhucheng", "诸城市", "zhucheng-2020",
        {"zc-jiaoyu": "市教育和体育局", "zc-nongye": "市农业农村局", "zc-jiaotong": "市交通运输局"},
        (
            ("zc-jiaoyu", "智慧校园公共平台", "1860000.00", "accepted"),
            ("zc-nongye", "农产品质量追溯系统", "920000.00", "building"),
            ("zc-jiaotong", "农村公路巡查平台", "640000.00", "approved"),
            ("zc-jiaotong", "公交运行监测系统", "480000.00", "filed"),
        ),
        {
            "filed": date(2024, 3, 4), "endorsed": date(2024, 3, 18), "approved": date(2024, 4, 8),
            "budgeted": date(2024, 5, 6), "procuring": date(2024, 6, 3), "contracted": date(2024, 7, 15),
            "building": date(2024, 8, 1), "accepting": date(2025, 3, 3), "accepted": date(2025, 3, 24),
        },
    ),
    Place(
        "taicang", "太仓市", "taicang-2021",
        {"tc-minzheng": "市民政局", "tc-weijian": "市卫生健康委员会", "tc-shuiwu": "市水务局"},
        (
            ("tc-weijian", "区域检验结果互认平台", "760000.00", "building"),
            ("tc-minzheng", "养老服务监管系统", "680000.00", "budgeted"),
            ("tc-shuiwu", "河道水质在线监测", "590000.00", "endorsed"),
            ("tc-shuiwu", "防汛指挥视频会商", "350000.00", "filed"),
        ),
        {
            "filed": date(2025, 8, 4), "endorsed": date(2025, 9, 8), "budgeted": date(2026, 2, 16),
            "scheme_filed": date(2026, 3, 2), "scheme_approved": date(2026, 3, 16), "procuring": date(2026, 3, 30),
            "contracted": date(2026, 5, 11), "building": date(2026, 5, 25),
        },
    ),
)  # fmt: skip


def settle(place: Place, password: str, say: Callable[[str], None]) -> None:
    """Create a city with an office for every role of its pack, and walk its projects."""
    pack = load(place.pack)
    jurisdiction = Jurisdiction.objects.create(code=place.code, name=place.name, pack=place.pack)
    cast = Cast(jurisdiction, password)
    actors: dict[str, User] = {}
    for role, name in pack.offices.items():
        unit = cast.unit(name)
        Office.objects.get_or_create(jurisdiction=jurisdiction, role=role, organization=unit)
        actors[role] = cast.person(f"{place.code}-{role.replace('_', '-')}", unit)
    clerks = {username: cast.person(username, cast.unit(name)) for username, name in place.units.items()}
    walker = Walker(actors)
    for username, name, amount, state in place.projects:
        go(walker, place, draft(walker, place, clerks[username], name, amount), state)
    say(f"{place.name}:{len(place.projects)} 个项目,账号 {place.code}-centre、{'、'.join(clerks)} 等")


def draft(walker: Walker, place: Place, clerk: User, name: str, amount: str) -> Project:
    """A complete filing, in the window of a notice where the place publishes one."""
    pack = load(place.pack)
    with clock.at(place.days["filed"]):
        project = open_draft(actor=clerk, name=name, kind=pack.kinds[0], origin=pack.origins[0])
        project.declared_total = Decimal(amount)
        walker.record(project, "filing", {"name": name, **notice(walker, place, project)})
    return Project.objects.get(pk=project.pk)


def notice(walker: Walker, place: Place, project: Project) -> dict:
    """The batch and year of the filing; nothing where the pack knows no yearly notice."""
    if not project.pack.calls_for_filings:
        return {}
    day = place.days["filed"]
    batch = project.jurisdiction.filingbatch_set.first() or publish_batch(
        actor=walker.actors[project.pack.governing], title=f"{day.year + 1}年度项目申报通知", calendar_year=day.year,
        opens_on=day.replace(month=1, day=1), closes_on=day.replace(month=12, day=31),
    )  # fmt: skip
    return {"batch": batch.pk, "plan_year": batch.plan_year}


def go(walker: Walker, place: Place, project: Project, goal: str) -> None:
    """State by state, each on its day."""
    for state in project.route[1 : project.route.index(goal) + 1]:
        with clock.at(place.days[state]):
            walker.walk_to(project, state)
