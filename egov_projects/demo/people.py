"""Here: the demo city's units, offices and people. Not here: its projects (year.py)."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from pypinyin import lazy_pinyin

from organizations.models import Jurisdiction, Office, Organization, User

OFFICES = {
    "centre": ("市电子政务中心", "zhongxin"),
    "gov_office": ("市人民政府办公室", "shifuban"),
    "finance": ("市财政局", "caizheng"),
    "planning": ("市发展和改革局", "fagai"),
    "tender": ("市公共资源管理办公室", "ziguan"),
    "audit": ("市审计局", "shenji"),
    "security": ("市国家密码管理局", "mima"),
}
ADMINISTRATORS = {"system_admin": "sysadmin", "security_admin": "secadmin", "audit_admin": "auditadmin"}
ENDINGS = ("办公室", "人民政府", "办事处", "中心", "局")
SURNAMES = "林陈王李张郑黄周吴徐叶金朱胡倪赵蔡潘南包"
GIVEN = (
    "建国",
    "晓燕",
    "志强",
    "丽娜",
    "伟民",
    "海燕",
    "明亮",
    "静怡",
    "国华",
    "雪梅",
    "永康",
    "佳慧",
    "文斌",
    "秀英",
    "立新",
)


@dataclass
class People:
    """The demo's jurisdiction, one acting user per office role, and the clerk of each unit by the unit's name."""

    jurisdiction: Jurisdiction
    actors: dict[str, User]
    clerks: dict[str, User]
    second: dict[str, User]


class Cast:
    """Makes units and people with one password, hashed once."""

    def __init__(self, jurisdiction: Jurisdiction, password: str) -> None:
        self.jurisdiction, self.hash, self.count = jurisdiction, make_password(password), 0

    def unit(self, name: str, kind: str = "direct") -> Organization:
        """The unit of this name, with its leader and liaison on file (YQ-2.2-1)."""
        profile = {
            "leader_name": self.name(), "leader_post": "副局长", "leader_phone": f"0577-6188{self.count:04d}",
            "liaison_name": self.name(), "liaison_post": "科员", "liaison_phone": f"0577-6188{self.count + 1:04d}",
        }  # fmt: skip
        found, _ = Organization.objects.get_or_create(
            jurisdiction=self.jurisdiction, name=name, defaults={"type": kind, **profile}
        )
        return found

    def name(self) -> str:
        """The next person's name."""
        self.count += 1
        return SURNAMES[self.count % len(SURNAMES)] + GIVEN[(self.count * 7) % len(GIVEN)]

    def person(self, username: str, unit: Organization, post: str = "clerk") -> User:
        """A user who can sign in at once."""
        return User.objects.create(
            username=username, password=self.hash, organization=unit, post=post, display_name=self.name()
        )


def settle(password: str, units: dict[str, str]) -> People:
    """Create the city: an office for every role with two people, administrators, and a clerk and a head in every unit."""
    jurisdiction, _ = Jurisdiction.objects.get_or_create(
        code="yueqing", defaults={"name": "乐清市", "pack": "yueqing-2015"}
    )
    cast = Cast(jurisdiction, password)
    people = People(jurisdiction, {}, {}, {})
    for role, (name, username) in OFFICES.items():
        unit = cast.unit(name)
        Office.objects.get_or_create(jurisdiction=jurisdiction, role=role, organization=unit)
        people.actors[role] = cast.person(username, unit)
        people.second[role] = cast.person(f"{username}2", unit, "head")
        people.clerks.setdefault(name, people.actors[role])
    governing = Organization.objects.get(jurisdiction=jurisdiction, name=OFFICES["gov_office"][0])
    for post, username in ADMINISTRATORS.items():
        cast.person(username, governing, post)
    for name, kind in units.items():
        unit = cast.unit(name, kind)
        if name not in people.clerks:
            people.clerks[name] = cast.person(short_name(name), unit)
            cast.person(f"{short_name(name)}2", unit, "head")
    return people


def short_name(unit: str) -> str:
    """A username people can guess: 市教育局 → jiaoyu."""
    core = unit.removeprefix("市")
    for ending in ENDINGS:
        core = core.removesuffix(ending)
    return "".join(lazy_pinyin(core or unit))
