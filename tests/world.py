"""Here: two cities with projects in every position that decides who may see what. Not here: what is expected of them."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.conf import settings
from django.db import transaction
from django.test import Client

from budget.envelope import set_envelope
from deadlines.models import OfficeReport
from desk.consulting import consult
from desk.models import SavedView
from desk.queues import office_queue
from egov_projects.walk import sample_file
from organizations import clock
from organizations.models import CertificateType, Jurisdiction, Office, Organization, Post, User
from projects.evidence import EVIDENCE, record
from projects.materials import attach
from projects.models import Material, PastProject, Project
from projects.papers import issue
from projects.transitions import perform
from projects.waivers import request_waiver
from reports.models import RollupCheck
from reviews.models import Expert, OpinionPhrase
from tests.conftest import City, build_city

OFFICES = ("centre", "gov_office", "finance", "planning", "tender", "audit")
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
PEOPLE = ("applicant", "sibling", "other", *OFFICES, *ADMINISTRATORS, "anonymous")
POSITIONS = ("draft", "filed", "closed", "abroad")
WAIVABLE = "YQ-3.4-11"
SLOT = "construction_plan"
MARK = "月港"  # stands in every name of the neighbouring city, and may stand in no answer to ours


@dataclass
class World:
    """`projects` by position; `users` by name, the neighbour's prefixed with `abroad-`. `anonymous` is nobody."""

    city: City
    abroad: City
    users: dict[str, User]
    projects: dict[str, Project]
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, name: str, user: User) -> None:
        """Begin a session for this person."""
        client = Client()
        client.force_login(user)
        client.get("/profile/")  # what a session notes at its first page is then on file
        self.cookies[name] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def client(self, name: str, **options) -> Client:
        """A fresh browser with this person's session."""
        client = Client(raise_request_exception=False, **options)
        if name in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[name]
        return client

    def ask(self, name: str, method: str, path: str, data: dict | None = None, *, client: Client | None = None):
        """The answer, with everything the request did undone."""
        with transaction.atomic():
            response = getattr(client or self.client(name), method)(path, data or {})
            transaction.set_rollback(True)
        if response.streaming:
            b"".join(response.streaming_content)  # to its end, which closes the file
        return response

    @cached_property
    def ids(self) -> dict[str, dict[str, int]]:
        """The rows that hang on each project, by position: attachment, waiver, record."""
        return {
            position: {
                "attachment": project.attachments.order_by("pk").first().pk,
                "waiver": project.waivers.get().pk,
                "record": EVIDENCE["applicability_opinion"].current(project).pk,
                "paper": project.papers.get(kind="filing_form").pk,
                "consultation": project.consultations.get().pk,
            }
            for position, project in self.projects.items()
        }


def build_world() -> World:
    """Both cities on 2026-03-02. Call inside `clock.at(TODAY)` and a transaction."""
    city, abroad = build_city(), build_city("elsewhere", mark=MARK)
    _keep_more(abroad)
    above = _province(city)
    users = city.users | {post: _administrator(post) for post in ADMINISTRATORS}
    projects = {}
    for position in POSITIONS:
        home = abroad if position == "abroad" else city
        projects[position] = home.draft(name=f"{MARK if home is abroad else ''}项目-{position}")
        _furnish(home, projects[position])
        if position != "draft":
            home.walker().walk_to(projects[position], "filed")
    perform(projects["closed"].pk, "withdraw", actor=city.applicant, note="不再建设")
    projects["closed"].refresh_from_db()
    world = World(city, abroad, users | above, projects)
    for name, user in (users | above).items():
        world.sign_in(name, user)
    return world


def _administrator(post: str) -> User:
    return User.objects.create_user(username=post, password="x", post=Post(post), display_name=Post(post).label)


def _province(city: City) -> dict[str, User]:
    """A province above our city, not above the neighbour, with an office that may look and others that may not."""
    province = Jurisdiction.objects.create(code="province", name="示范省", pack="sichuan-provincial")
    city.jurisdiction.parent = province
    city.jurisdiction.save()
    people = {}
    for role in ("centre", "finance", "audit"):
        unit = Organization.objects.create(jurisdiction=province, name=f"示范省{role}")
        Office.objects.create(jurisdiction=province, role=role, organization=unit)
        name = f"above-{role}"
        people[name] = User.objects.create_user(name, password="x", organization=unit, display_name=name)
    return people


def _keep_more(abroad: City) -> None:
    """What a place keeps beside its projects: experts, past projects, phrases, certificates, money, views, reports."""
    place, centre, day = abroad.jurisdiction, abroad.users["centre"], clock.today()
    finance = abroad.users["finance"]
    Expert.objects.create(jurisdiction=place, name=f"{MARK}专家", employer=f"{MARK}大学", specialties=["网络"])
    PastProject.objects.create(
        jurisdiction=place, department=abroad.unit, name=f"{MARK}旧项目", year=2020, added_by=centre, added_at=clock.now()
    )
    OpinionPhrase.objects.create(
        jurisdiction=place, clause="YQ-1.2-5", text=f"{MARK}常用语", added_by=centre, added_on=day
    )
    original = CertificateType.objects.filter(substitute_for=None).first()
    CertificateType.objects.create(
        code="abroad", name=f"{MARK}证书", family=original.family, substitute_for=original, basis=f"{MARK}文",
        registered_by=abroad.users["gov_office"],
    )  # fmt: skip
    set_envelope(actor=finance, jurisdiction=place, year=day.year, amount=Decimal("7654321.00"), note=f"{MARK}财力")
    SavedView.objects.create(user=centre, page="projects:list", name=f"{MARK}视图", query="kind=x")
    OfficeReport.objects.create(
        jurisdiction=place, code="x", rule="YQ-3.8-5", label=f"{MARK}报告", who="finance", to=["gov_office"], period="2026",
        period_label=f"{MARK}年", opened_on=day,
    )  # fmt: skip
    RollupCheck.objects.create(jurisdiction=place, at=clock.now(), projects=1, differences=[f"{MARK}差异"])


def _furnish(city: City, project: Project) -> None:
    """A file, an opinion that its office may take back, an exception that waits for the centre."""
    attach(project.pk, SLOT, actor=city.applicant, upload=sample_file("方案"), status=Material.DRAFT)
    opinion = {"applies": True, "opinion": "参照执行。"}
    record(project.pk, "applicability_opinion", opinion, actor=city.users["gov_office"])
    request_waiver(project.pk, WAIVABLE, actor=city.applicant, reason="规模小", basis="测试文号")
    asked = [office_queue(project.jurisdiction_id, "audit")]
    consult(project, actor=city.users["gov_office"], question="请提意见", to=asked)
    issue(project.pk, "filing_form", actor=city.applicant)
