"""Here: every page and the REST interface, sent anything at all. Not here: who may ask what (test_matrix.py)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import cycle, islice
from urllib.parse import parse_qsl, urlsplit

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client, TestCase
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from knox.models import AuthToken
from schemathesis import GenerationMode
from schemathesis.schemas import APIOperation

from organizations import clock
from projects.evidence import EVIDENCE
from tests.conftest import TODAY
from tests.endpoints import ENDPOINTS, Endpoint
from tests.world import build_world

PEOPLE = ("applicant", "centre", "audit_admin", "anonymous")
PEOPLE_WHO_WORK = ("centre", "applicant", "gov_office", "finance", "system_admin", "security_admin", "audit_admin")
LEFT_OUT = {("post", "/api/v1/auth/login")}  # its own tests lock people out
HOSTILE = (
    "\x00", "1e999", "NaN", "-0.001", "9" * 40 + ".99", "0000-00-00", "2026-W10-1", "=HYPERLINK(1)", "x" * 70000,
    [], {}, [[]], [None], {"a": {}}, [{"a": 1}], ["\x00"], None, True, 10**30, 1.5, float("nan"), "٣", "1_000",
)  # fmt: skip
TYPED = (
    "\x00", "a\x00b", "9" * 23, "-1", "NaN", "0000-00-00", "9999-12-31", "' OR 1=1 --", "x" * 5000, "²", "1e999",
    "[]", '{"a": 1}', "../../etc/passwd", "\u202e", "%00", "２０２６", "2026-13",
)  # fmt: skip
ASKED_ANYWAY = {"page", "after", "q", "sort", "next", "year", "stage", "unit", "format", "from", "until"}
QUICKLY = settings(
    max_examples=6,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def as_documented_or_not(operation: APIOperation) -> st.SearchStrategy[schemathesis.Case]:
    """Requests as the document asks for them, and others."""
    return st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))


class Names(HTMLParser):
    """The names of the fields of a page and of the parameters in its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        self.found |= {given["name"]} if given.get("name") else set()
        for link in ("href", "data-hx-get"):
            self.found |= {name for name, _ in parse_qsl(urlsplit(given.get(link) or "").query)}


@contextmanager
def connection_kept() -> Iterator[None]:
    """The connection of a test outlives its requests, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def undone(environ, start_response):
    """The application, with everything a request did taken back."""
    with connection_kept(), transaction.atomic():
        answer = get_wsgi_application()(environ, start_response)
        body = [b"".join(answer)]
        getattr(answer, "close", bool)()
        transaction.set_rollback(True)
    return body


class Abuse(TestCase):
    """Both cities are built once; whatever comes in, the answer is one the document names, and never a fault of ours."""

    @classmethod
    def setUpTestData(cls) -> None:
        with clock.at(TODAY):
            cls.world = build_world()
            cls.tokens = {
                person: AuthToken.objects.create(cls.world.users[person])[1]
                for person in PEOPLE
                if person != "anonymous"
            }

    def test_nothing_that_is_sent_makes_a_fault(self) -> None:
        asked = 0
        for found in schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True)).get_all_operations():
            operation = found.ok()
            if (operation.method, operation.path) not in LEFT_OUT:
                with self.subTest(f"{operation.method} {operation.path}"), clock.at(TODAY):
                    asked += self.tried(operation)
        self.assertGreater(asked, 200)

    def test_no_page_fails_whatever_its_fields_hold(self) -> None:
        odd = cycle(TYPED)
        asked = 0
        with clock.at(TODAY):
            for name, endpoint in ENDPOINTS.items():
                if name.startswith("api-"):
                    continue
                path = reverse(name, kwargs=endpoint.path(self.world, "filed"))
                person = self.admitted(endpoint)
                names = Names(self.page(person, path)).found - {"csrfmiddlewaretoken"} if endpoint.get else set()
                sent = [("get", dict(zip(sorted(names | ASKED_ANYWAY), odd, strict=False)))] if endpoint.get else []
                if endpoint.post is not None:
                    lawful = endpoint.body(self.world, "filed")
                    sent += [("post", lawful | {field: next(odd)}) for field in sorted({*lawful, *names})[:12]]
                for method, data in sent:
                    status = self.world.ask(person, method, path, data).status_code
                    self.assertLess(status, 500, f"{person}: {method} {path} {data}")
                asked += len(sent)
        self.assertGreater(asked, 300)

    def admitted(self, endpoint: Endpoint) -> str:
        """Somebody whom the address answers, rather than sends away."""
        answer = endpoint.post or endpoint.get
        good = (
            who
            for who in PEOPLE_WHO_WORK
            if answer and endpoint.expected(answer, who, "filed", rest=False) in (200, 302)
        )
        return next(good, "centre")

    def page(self, person: str, path: str) -> str:
        """What stands there; empty for what is no page."""
        answer = self.world.ask(person, "get", path)
        return answer.content.decode() if "html" in answer.get("Content-Type", "") and not answer.streaming else ""

    def tried(self, operation: APIOperation) -> int:
        """How often it was asked. Raises AssertionError for a fault of ours or an answer the document does not name."""
        documented = operation.definition.raw["responses"]
        answers = []

        @QUICKLY
        @given(case=as_documented_or_not(operation), real=st.booleans(), person=st.sampled_from(PEOPLE))
        def ask(case: schemathesis.Case, real: bool, person: str) -> None:
            if real and "number" in case.path_parameters:
                case.path_parameters["number"] = self.world.projects["filed"].number
            headers = {"Authorization": f"Token {self.tokens[person]}"} if person in self.tokens else {}
            answer = case.call(app=undone, base_url="http://testserver", headers=headers)
            answers.append(answer.status_code)
            said = f"{person}: {case.as_curl_command()} → {answer.status_code} {answer.text[:300]}"
            assert answer.status_code < 500 and str(answer.status_code) in documented, said

        ask()
        return len(answers)


def test_no_value_in_any_field_of_any_form_makes_a_fault(city):
    project, officer = city.project("filed"), city.users["centre"]
    values, asked = cycle(HOSTILE), 0
    for kind in EVIDENCE.values():
        lawful = kind.example(project)
        tables = {
            key: rows[0]
            for key, rows in lawful.items()
            if isinstance(rows, list) and rows and isinstance(rows[0], dict)
        }
        odd = [lawful | {field: value} for field in kind.form.base_fields for value in islice(values, 3)]
        odd += [
            lawful | {key: [row | {column: value}]}
            for key, row in tables.items()
            for column in row
            for value in islice(values, 2)
        ]
        for data in odd:
            with transaction.atomic():
                form = kind.form(data=data, files={}, project=project, actor=officer)
                if not form.set_misfits_aside() and form.is_valid() and kind.is_open(project):
                    form.save_record("centre")
                json.dumps(form.errors.get_json_data()).encode()
                transaction.set_rollback(True)
            asked += 1
    assert asked > 2000


def test_half_a_character_is_refused(city):
    project = city.project("filed")
    token = AuthToken.objects.create(city.users["centre"])[1]
    answer = Client().post(
        f"/api/v1/projects/{project.number}/evidence/preliminary_opinion/",
        '{"opinion": "\\ud800"}',
        content_type="application/json",
        headers={"Authorization": f"Token {token}"},
    )
    assert answer.status_code == 400
    assert "文字中有不完整的字符编码,请检查后再提交。" in json.dumps(answer.json(), ensure_ascii=False)
