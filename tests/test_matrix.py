"""Here: every address asked by everybody about every kind of project. Not here: the declaration (endpoints.py)."""

from collections.abc import Iterator

from django.contrib import admin
from django.http import QueryDict
from django.test import TestCase
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from deadlines.feed import entries
from exchange.exports import offered
from organizations import clock
from organizations.models import User
from projects.evidence import EVIDENCE
from projects.models import Project
from projects.scope import visible_projects
from tests.conftest import TODAY
from tests.endpoints import ADMINISTRATION, ENDPOINTS, GROUPS
from tests.world import ADMINISTRATORS, MARK, OFFICES, PEOPLE, POSITIONS, WAIVABLE, build_world

ROOMS = {"desk", "deadlines", "reports", "projects", "api"}
LISTS = [
    name
    for name, endpoint in ENDPOINTS.items()
    if endpoint.get and not endpoint.per_project and name not in {"api-schema", "api-docs"}
    if name.replace("-", ":").split(":")[0] in ROOMS
]


SAYS_NO_ELSEWHERE = {"desk:withdraw", "projects:decide", "projects:paper_preview"}  # on the page they lead back to


def named(patterns, space: str = "") -> Iterator[str]:
    """Every named address of the URLconf; the administration site's own are left to their own test."""
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield space + (entry.name or f"unnamed {entry.pattern}")
        elif entry.namespace != "admin":
            yield from named(entry.url_patterns, space + (f"{entry.namespace}:" if entry.namespace else ""))


def said(response) -> str:
    """An answer as text; a file that was streamed to its end says nothing here."""
    return "" if response.streaming else response.content.decode(errors="replace")


class Matrix(TestCase):
    """Both cities are built once; every question is undone."""

    maxDiff = None

    @classmethod
    def setUpTestData(cls) -> None:
        with clock.at(TODAY):
            cls.world = build_world()
            cls.world.ids  # noqa: B018 - looked up once, before anything changes

    def setUp(self) -> None:
        self.enterContext(clock.at(TODAY))

    def test_every_address_is_declared_and_no_other(self) -> None:
        found = set(named(get_resolver().url_patterns))
        self.assertEqual(found - set(ENDPOINTS), set(), "not declared")
        self.assertEqual(set(ENDPOINTS) - found, set(), "no longer there")

    def test_pages_read(self) -> None:
        self.assertEqual(self.wrong_answers("get", rest=False), [])

    def test_pages_written(self) -> None:
        self.assertEqual(self.wrong_answers("post", rest=False), [])

    def test_rest_read(self) -> None:
        self.assertEqual(self.wrong_answers("get", rest=True), [])

    def test_rest_written(self) -> None:
        self.assertEqual(self.wrong_answers("post", rest=True), [])

    def wrong_answers(self, method: str, *, rest: bool) -> list[str]:
        """Whatever was answered otherwise than declared."""
        wrong = []
        for name, endpoint in ENDPOINTS.items():
            if name.startswith("api-") != rest:
                continue
            answer = getattr(endpoint, method)
            positions = POSITIONS if endpoint.per_project and answer is not None else ("draft",)
            for position in positions:
                for person in PEOPLE if answer is not None else ("applicant",):
                    expected = 405 if answer is None else endpoint.expected(answer, person, position, rest=rest)
                    path = reverse(name, kwargs=endpoint.path(self.world, position))
                    response = self.world.ask(person, method, path, endpoint.body(self.world, position))
                    status = response.status_code
                    if person in GROUPS["business"] and MARK in said(response):
                        wrong.append(f"{method} {name} {position} shows {person} the neighbour's {MARK}")
                    if status != expected and not (name == "api-logout" and status == 401):
                        wrong.append(f"{method} {name} {position} as {person}: {status}, not {expected}")
        return wrong

    def test_a_post_without_the_csrf_token_is_refused(self) -> None:
        answers = {}
        for name, endpoint in ENDPOINTS.items():
            if endpoint.post is not None and name not in {"api-login", "api-logout"}:
                client = self.world.client("applicant", enforce_csrf_checks=True)
                path = reverse(name, kwargs=endpoint.path(self.world, "draft"))
                answers[name] = self.world.ask("applicant", "post", path, client=client).status_code
        self.assertEqual({name for name, status in answers.items() if status != 403}, set())

    def test_lists_hold_neither_rows_nor_totals_of_foreign_projects(self) -> None:
        mine = [self.world.projects[position] for position in ("draft", "filed", "closed")]
        traces = [text for project in mine for text in (project.number, project.name)]
        outsiders = ["other", *ADMINISTRATORS, *self.neighbours()]
        found = []
        for person in outsiders:
            for name in LISTS:
                path = reverse(name, kwargs=ENDPOINTS[name].path(self.world, "draft"))
                body = self.world.ask(person, "get", path).getvalue().decode()
                found += [f"{name} shows {text} to {person}" for text in traces if text in body]
            if person not in {"abroad-centre", "abroad-audit"}:
                todo = self.world.ask(person, "get", reverse("api-inbox")).json()["todo"]
                found += [f"inbox counts {todo} for {person}"] if todo else []
        self.assertEqual(found, [])

    def test_an_office_above_reads_what_is_filed_and_changes_nothing(self) -> None:
        """Every address of a project, asked by the governing office of the province: no draft, no way to write."""
        wrong, seen = [], set()
        for name, endpoint in ENDPOINTS.items():
            if not endpoint.per_project:
                continue
            for method, position in (("get", "filed"), ("post", "filed"), ("post", "draft"), ("get", "draft")):
                if getattr(endpoint, method) is None:
                    continue
                path = reverse(name, kwargs=endpoint.path(self.world, position))
                status = self.world.ask("above-centre", method, path, endpoint.body(self.world, position)).status_code
                seen |= {name} if status == 200 else set()
                fits = {404} if position == "draft" else {200, 302, 403, 404} if method == "get" else {302, 403, 404}
                if status not in fits or (status == 302 and name not in SAYS_NO_ELSEWHERE):
                    wrong.append(f"{method} {name} {position}: {status}")
        self.assertEqual(wrong, [])
        files = {"projects:attachment", "projects:paper_file", "api-attachment", "api-paper-file", "projects:papers"}
        self.assertEqual(files - seen, set(), "not readable")

    def test_workbooks_calendars_and_searches_hold_nothing_of_the_neighbour(self) -> None:
        theirs, found = self.world.abroad, []
        for person in ("applicant", *OFFICES):
            user = User.objects.get(pk=self.world.users[person].pk)
            for each in offered(user):
                cells = [list(row) for sheet in each.build(user, QueryDict())[0] for row in sheet.rows]
                found += [f"{each.name} as {person}"] if MARK in str(cells) else []
            found += [f"calendar of {person}"] if MARK in str(entries(user, "")) else []
        for person in ("applicant", "centre", "gov_office", "audit"):
            for path in (
                "/search/?q=旧项目", "/search/?q=项目-abroad", f"/projects/?department={theirs.unit.pk}",
                f"/projects/?batch={theirs.batch.pk}", "/projects/?place=elsewhere", "/deadlines/?place=elsewhere",
                f"/deadlines/?unit={theirs.unit.pk}&q=abroad", "/budget/?place=elsewhere", "/api/v1/projects/?place=elsewhere",
            ):  # fmt: skip
                answer = self.world.ask(person, "get", path)
                found += [f"{path} as {person}"] if MARK in said(answer) or answer.status_code >= 500 else []
        self.assertEqual(found, [])

    def test_the_neighbour_does_find_what_it_keeps(self) -> None:
        """Else the tests above could not fail."""
        self.neighbours()
        kept = {
            "abroad-centre": ("/experts/", "/history/", "/projects/", "/review/phrases/", "/search/?q=旧项目", "/"),
            "abroad-gov_office": ("/certificates/", "/deadlines/reports/", "/plan/", "/batches/", "/waivers/"),
            "abroad-audit": ("/audit/", "/budget/check/"),
        }
        for person, paths in kept.items():
            for path in paths:
                self.assertIn(MARK, said(self.world.ask(person, "get", path)), path)

    def neighbours(self) -> list[str]:
        """The neighbour's offices and clerk, signed in."""
        names = [f"abroad-{role}" for role in ("applicant", *OFFICES)]
        for name in names:
            self.world.sign_in(name, self.world.abroad.users[name.removeprefix("abroad-")])
        return names

    def test_the_owner_does_find_the_project_in_the_lists(self) -> None:
        """Else the test above could not fail."""
        for name in ("projects:list", "desk:mine", "api-projects", "api-inbox-mine"):
            shown = self.world.ask("applicant", "get", reverse(name)).content.decode()
            self.assertIn(self.world.projects["filed"].number, shown, name)
        todo = self.world.ask("centre", "get", reverse("api-inbox-todo")).json()["results"]
        filed = self.world.projects["filed"].number
        waiting = {(row["project"], row["task"]) for row in todo}
        self.assertEqual(waiting, {(filed, "filing_receipt"), (filed, WAIVABLE)})

    def test_rows_of_one_project_are_not_found_under_another(self) -> None:
        ids = self.world.ids["closed"]
        other = self.world.projects["draft"].number
        record = {"number": other, "name": "applicability_opinion", "pk": ids["record"]}
        asked = [
            ("gov_office", "get", reverse("projects:attachment", args=[other, ids["attachment"]])),
            ("gov_office", "get", reverse("api-attachment", args=[other, ids["attachment"]])),
            ("gov_office", "post", reverse("projects:void", kwargs=record)),
            ("gov_office", "post", reverse("api-evidence-void", kwargs=record)),
        ]
        for person, method, path in asked:
            self.assertEqual(self.world.ask(person, method, path, {"reason": "误"}).status_code, 404, path)

    def test_every_form_opens_and_an_empty_one_is_answered(self) -> None:
        """Whatever the stage and the office: a page, a message at the field, or a polite no."""
        project, wrong = self.world.projects["filed"], []
        for name, kind in EVIDENCE.items():
            path = reverse("projects:record", args=[project.number, name])
            if not kind.exists_for(project):
                continue
            role = kind.offices(project)[0]
            answers = [self.world.ask(role, method, path) for method in ("get", "post")]
            self.assertNotIn(MARK, "".join(map(said, answers)), f"{name} offers the neighbour's")
            statuses = [each.status_code for each in answers]
            if statuses[0] != 200 or statuses[1] not in {302, 400, 409}:
                wrong.append((name, role, statuses))
        self.assertEqual(wrong, [])

    def test_no_business_for_superuser(self) -> None:
        """三权分立: administrators run the system and see no project; Django's superuser flag opens nothing."""
        root = User.objects.create_superuser("root", password="x", display_name="root", is_superuser=True)
        for user in [root, *(self.world.users[post] for post in ADMINISTRATORS)]:
            self.assertEqual(visible_projects(user).count(), 0, user.username)
        self.world.sign_in("root", root)
        path = reverse("projects:project", args=[self.world.projects["filed"].number])
        self.assertEqual(self.world.ask("root", "get", path).status_code, 404)
        business = {user.pk for user in User.objects.all() if user.is_business}
        self.assertEqual(business & {user.pk for user in User.objects.filter(post__in=ADMINISTRATORS)}, set())

    def test_the_administration_site(self) -> None:
        """Its lists open to the two posts that keep them, and to nobody who files or decides; it holds no project."""
        self.assertNotIn(Project, admin.site._registry)
        opened = {person: set() for person in PEOPLE}
        for model in admin.site._registry:
            try:
                path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            except NoReverseMatch:
                continue
            for person in PEOPLE:
                status = self.world.ask(person, "get", path).status_code
                self.assertLess(status, 500, path)
                opened[person] |= {model._meta.label} if status == 200 else set()
        self.assertEqual({person for person, found in opened.items() if found}, ADMINISTRATION)
        self.assertEqual(opened["system_admin"] & opened["audit_admin"], set())
