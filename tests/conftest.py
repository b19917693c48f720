"""Here: one small city for all tests, and a walker through its doors. Not here: database and broker choice (root conftest)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from egov_projects.walk import Walker
from organizations import clock
from organizations.models import Jurisdiction, Office, Organization, User
from projects.filing import open_draft, publish_batch
from projects.models import FilingBatch, Project
from tests.replay import Recorder, recording

TODAY = date(2026, 3, 2)
OFFICES = {
    "centre": "市电子政务中心",
    "gov_office": "市府办",
    "finance": "市财政局",
    "planning": "市发改局",
    "tender": "市资管办",
    "audit": "市审计局",
}


@dataclass
class City:
    """乐清 in small: two units that file, an office of each role, one user in each, an open filing batch."""

    jurisdiction: Jurisdiction
    unit: Organization
    other_unit: Organization
    users: dict[str, User]
    batch: FilingBatch
    offices: dict[str, Organization] = field(default_factory=dict)
    recorder: Recorder | None = field(default=None, repr=False)

    @property
    def applicant(self) -> User:
        """Somebody of the unit."""
        return self.users["applicant"]

    def walker(self, without=(), fields=None) -> Walker:
        """A walker that acts for every office of this city."""
        return Walker(self.users, frozenset(without), fields or {})

    def draft(self, investment="500000.00", *, kind="新建", origin="年度申报", name="智慧城管平台", **fields) -> Project:
        """A complete draft of the unit; `fields` overlay the lawful filing."""

        def drafted() -> int:
            project = open_draft(actor=self.applicant, name=name, kind=kind, origin=origin)
            project.declared_total = Decimal(investment)
            data = {"batch": self.batch.pk, "plan_year": self.batch.plan_year} if origin == "年度申报" else {}
            self.walker().record(project, "filing", {"name": name, "kind": kind, "origin": origin, **data, **fields})
            return project.pk

        return self.once(("draft", investment, kind, origin, name, fields), drafted)

    def project(self, state="filed", investment="500000.00", *, without=(), fields=None, **filing) -> Project:
        """A project walked lawfully to a state; alike ones are walked once in a run of the tests."""

        def walked() -> int:
            return self.walker(without, fields).walk_to(self.draft(investment, **filing), state).pk

        return self.once(("project", state, investment, without, fields, filing), walked)

    def once(self, asked: tuple, make: Callable[[], int]) -> Project:
        """The project whose key `make` gives back, replayed where another test has asked the same city for the same."""
        alike = repr((self.jurisdiction.pk, *asked))
        return Project.objects.get(pk=self.recorder.once(alike, make) if self.recorder else make())


def build_city(code: str = "yueqing", today: date = TODAY, mark: str = "") -> City:
    """Create the rows of a city; another `code` makes a neighbour, whose users are called `<code>-centre` and so on.

    `mark` stands in the names of its units, people and batch.
    """
    jurisdiction, _ = Jurisdiction.objects.get_or_create(
        code=code, defaults={"name": "乐清市" if code == "yueqing" else code, "pack": "yueqing-2015"}
    )
    complete = {
        "leader_name": "林分管", "leader_post": "副局长", "leader_phone": "0577-61880001",
        "liaison_name": "郑联络", "liaison_post": "科长", "liaison_phone": "0577-61880002",
    }  # fmt: skip

    def organization(name: str) -> Organization:
        return Organization.objects.create(jurisdiction=jurisdiction, name=f"{mark}{name}", type="direct", **complete)

    def user(username: str, unit: Organization) -> User:
        username = username if code == "yueqing" else f"{code}-{username}"
        return User.objects.create_user(username=username, password="x", organization=unit, display_name=f"{unit.name}经办")

    unit, other = organization("市城市管理局"), organization("市教育局")
    users = {"applicant": user("applicant", unit), "sibling": user("sibling", unit), "other": user("other", other)}
    offices = {}
    for role, name in OFFICES.items():
        offices[role] = organization(name)
        Office.objects.create(jurisdiction=jurisdiction, role=role, organization=offices[role])
        users[role] = user(role, offices[role])
    batch = publish_batch(
        actor=users["gov_office"], title=f"{mark}{today.year + 1}年度项目申报通知", doc_no="测试文号", calendar_year=today.year,
        opens_on=date(today.year, 1, 1), closes_on=date(today.year, 12, 31), published_on=date(today.year, 1, 1),
    )  # fmt: skip
    return City(jurisdiction, unit, other, users, batch, offices)


@pytest.fixture
def city(db) -> City:
    """The city on 2026-03-02."""
    with clock.at(TODAY), recording() as recorder:
        built = recorder.once("city", build_city) if recorder else build_city()
        built.recorder = recorder
        yield built
