"""Here: two cities with projects in every position that decides who may see what. Not here: what is expected of them."""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.db import transaction
from django.test import Client

from desk.consulting import consult
from desk.queues import office_queue
from egov_projects.walk import sample_file
from organizations.models import Post, User
from projects.evidence import EVIDENCE, record
from projects.materials import attach
from projects.models import Material, Project
from projects.papers import issue
from projects.transitions import perform
from projects.waivers import request_waiver
from tests.conftest import City, build_city

OFFICES = ("centre", "gov_office", "finance", "planning", "tender", "audit")
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
PEOPLE = ("applicant", "sibling", "other", *OFFICES, *ADMINISTRATORS, "anonymous")
POSITIONS = ("draft", "filed", "closed", "abroad")
WAIVABLE = "YQ-3.4-11"
SLOT = "construction_plan"


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
    city, abroad = build_city(), build_city("elsewhere")
    users = city.users | {post: _administrator(post) for post in ADMINISTRATORS}
    projects = {}
    for position in POSITIONS:
        home = abroad if position == "abroad" else city
        projects[position] = home.draft(name=f"项目-{position}")
        _furnish(home, projects[position])
        if position != "draft":
            home.walker().walk_to(projects[position], "filed")
    perform(projects["closed"].pk, "withdraw", actor=city.applicant, note="不再建设")
    projects["closed"].refresh_from_db()
    world = World(city, abroad, users, projects)
    for name, user in users.items():
        world.sign_in(name, user)
    return world


def _administrator(post: str) -> User:
    return User.objects.create_user(username=post, password="x", post=Post(post), display_name=Post(post).label)


def _furnish(city: City, project: Project) -> None:
    """A file, an opinion that its office may take back, an exception that waits for the centre."""
    attach(project.pk, SLOT, actor=city.applicant, upload=sample_file("方案"), status=Material.DRAFT)
    opinion = {"applies": True, "opinion": "参照执行。"}
    record(project.pk, "applicability_opinion", opinion, actor=city.users["gov_office"])
    request_waiver(project.pk, WAIVABLE, actor=city.applicant, reason="规模小", basis="测试文号")
    asked = [office_queue(project.jurisdiction_id, "audit")]
    consult(project, actor=city.users["gov_office"], question="请提意见", to=asked)
    issue(project.pk, "filing_form", actor=city.applicant)
