"""Here: the doors over REST: what they give, what they refuse, and how a refusal reads."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from egov_projects.walk import SAMPLE_PDF
from projects.models import Project

pytestmark = pytest.mark.django_db


def knock(user) -> APIClient:
    made = APIClient()
    made.force_authenticate(user)
    return made


@pytest.fixture
def filed(city):
    return city.project("filed", "2400000.00")


def test_a_draft_is_opened_filled_and_filed(city):
    unit = knock(city.applicant)
    made = unit.post("/api/v1/projects/", {"name": "数据看板", "kind": "新建", "origin": "年度申报"})
    assert made.status_code == 201
    number = made.json()["number"]
    saved = unit.post(f"/api/v1/projects/{number}/evidence/filing/", {"declared_total": "1,200,000.00"})
    assert saved.status_code == 201
    assert Project.objects.get(number=number).declared_total == 1_200_000
    refused = unit.post(f"/api/v1/projects/{number}/passages/", {"move": "file", "seen": "draft"})
    assert refused.status_code == 409
    assert refused["Content-Type"] == "application/problem+json"
    assert {"YQ-3.1-9", "YQ-3.1-10", "YQ-3.1-2"} <= set(refused.json()["rules"])
    blocking = next(verdict for verdict in refused.json()["verdicts"] if verdict["rule"] == "YQ-3.1-10")
    assert blocking["citation"] == "乐政办发〔2015〕10号 三(一)2(YQ-3.1-10)"
    assert blocking["remedy"] == "material:construction_plan"


def test_only_the_centre_endorses_and_the_refusal_names_office_and_clause(city, filed):
    answer = knock(city.users["finance"]).post(f"/api/v1/projects/{filed.number}/passages/", {"move": "endorse"})
    assert (answer.status_code, answer.json()["rule"]) == (403, "YQ-3.2-1")
    assert "市电子政务中心" in answer.json()["detail"]


def test_a_stale_look_is_409_and_changes_nothing(city, filed):
    answer = knock(city.users["centre"]).post(
        f"/api/v1/projects/{filed.number}/passages/", {"move": "endorse", "seen": "draft"}
    )
    assert (answer.status_code, answer.json()["code"], answer.json()["state"]) == (409, "stale", "filed")
    assert filed.passages.count() == 1


def test_the_move_is_made_once_and_stands_in_the_ledger(city, filed):
    city.walker().prepare(filed, "endorse")
    centre = knock(city.users["centre"])
    body = {"move": "endorse", "seen": "filed"}
    first = centre.post(f"/api/v1/projects/{filed.number}/passages/", body)
    second = centre.post(f"/api/v1/projects/{filed.number}/passages/", body)
    assert (first.status_code, first.json()["target"], second.status_code) == (201, "endorsed", 409)
    rows = centre.get(f"/api/v1/projects/{filed.number}/passages/").json()
    assert [(row["number"], row["move"]) for row in rows] == [(1, "file"), (2, "endorse")]
    assert rows[1]["previous_hash"] == rows[0]["hash"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"declared_total": "1百万"}, "/declared_total"),
        ({"declared_total": "1.005"}, "/declared_total"),
        ({"declared_total": "NaN"}, "/declared_total"),
        ({"declared_totl": "1"}, "/declared_totl"),
        ({"kind": "改建"}, "/kind"),
        ({"estimate": [{"name": "软件", "amount": "x"}]}, "/estimate"),
        ({"estimate": "不是表"}, "/estimate"),
        ({"batch": 999999}, "/batch"),
        ({"name": "坏\x00名"}, "/name"),
    ],
)
def test_bad_input_is_400_at_the_field(city, fields, pointer):
    draft = city.draft()
    answer = knock(city.applicant).post(f"/api/v1/projects/{draft.number}/evidence/filing/", fields)
    assert answer.status_code == 400, answer.json()
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}
    assert Project.objects.get(pk=draft.pk).declared_total == draft.declared_total


def test_a_foreign_project_is_404_at_every_address(city, filed):
    other = knock(city.users["other"])
    for path in ("", "options/", "passages/", "evidence/", "evidence/scheme/", "materials/", "waivers/", "deadlines/"):
        assert other.get(f"/api/v1/projects/{filed.number}/{path}").status_code == 404, path


def test_a_hostile_upload_is_refused_at_the_file_and_nothing_is_stored(city):
    draft = city.draft()
    upload = SimpleUploadedFile("方案.pdf", b"MZ\x90\x00")
    answer = knock(city.applicant).post(
        f"/api/v1/projects/{draft.number}/materials/", {"code": "construction_plan", "file": upload}, format="multipart"
    )
    assert answer.status_code == 400
    assert draft.materials.count() == 0


def test_a_document_comes_back_as_an_attachment_nobody_runs(city):
    draft = city.draft()
    unit = knock(city.applicant)
    upload = SimpleUploadedFile("方案.pdf", SAMPLE_PDF)
    made = unit.post(
        f"/api/v1/projects/{draft.number}/materials/", {"code": "construction_plan", "file": upload}, format="multipart"
    )
    assert made.status_code == 201, made.json()
    pk = made.json()["attachment"]["id"]
    file = unit.get(f"/api/v1/projects/{draft.number}/attachments/{pk}/")
    assert b"".join(file.streaming_content) == SAMPLE_PDF
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Disposition"].startswith("attachment")
    assert knock(city.users["other"]).get(f"/api/v1/projects/{draft.number}/attachments/{pk}/").status_code == 404


def test_the_list_costs_the_same_at_1_and_at_50_rows(city):
    centre = knock(city.users["centre"])
    city.project("filed", name="第一个")
    centre.get("/api/v1/projects/")
    with CaptureQueriesContext(connection) as one:
        assert len(centre.get("/api/v1/projects/").json()["results"]) == 1
    rows = Project.objects.filter(state="draft").count()
    Project.objects.bulk_create(
        [
            Project(
                jurisdiction=city.jurisdiction, department=city.offices["centre"], created_by=city.users["centre"],
                created_at="2026-03-02T00:00:00Z", number=f"T-{number}", pack_code="yueqing-2015", name=f"草稿{number}",
                kind="新建", origin="年度申报",
            )
            for number in range(60)
        ]
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        page = centre.get("/api/v1/projects/").json()
    assert (len(page["results"]), rows) == (50, 0)
    assert len(many) == len(one) <= 2
    following = centre.get("/api/v1/projects/", {"before": page["next"]}).json()
    assert (len(following["results"]), following["next"]) == (11, None)


@pytest.mark.parametrize("query", ["state=nowhere", "investment_min=1百万", "limit=0", "before=x", "investment_min=2&investment_max=1"])
def test_an_unreadable_filter_is_400(city, query):
    assert knock(city.users["centre"]).get(f"/api/v1/projects/?{query}").status_code == 400


@pytest.mark.parametrize(
    ("kind", "investment", "asked", "spared"),
    [
        ("新建", "999999.99", set(), {"YQ-3.4-4", "YQ-3.4-5", "YQ-3.4-11", "YQ-3.6-6", "YQ-3.6-8", "YQ-3.7-3"}),
        ("新建", "1000000.00", {"YQ-3.4-4", "YQ-3.4-5"}, {"YQ-3.4-11", "YQ-3.6-6", "YQ-3.6-8", "YQ-3.7-3"}),
        ("新建", "1999999.99", {"YQ-3.4-4", "YQ-3.4-5"}, {"YQ-3.4-11", "YQ-3.6-6", "YQ-3.6-8", "YQ-3.7-3"}),
        ("新建", "2000000.00", {"YQ-3.4-4", "YQ-3.4-11", "YQ-3.6-6", "YQ-3.6-8", "YQ-3.7-3"}, set()),
        ("运行维护", "2000000.00", {"YQ-3.4-4", "YQ-3.4-11", "YQ-3.7-3", "YQ-3.1-13"}, {"YQ-3.6-6", "YQ-3.6-8", "YQ-3.1-10"}),
    ],
)
def test_the_what_if_needs_no_login_and_names_the_duties_at_the_line(client, kind, investment, asked, spared):
    answer = client.get("/api/v1/obligations/", {"pack": "yueqing-2015", "kind": kind, "investment": investment})
    assert answer.status_code == 200
    applying = {each["rule"] for each in answer.json()["obligations"] if each["applies"] is True}
    named = {each["rule"] for each in answer.json()["obligations"]}
    assert asked <= applying
    assert not spared & named


def test_json_that_is_no_object_is_400(city, filed):
    answer = knock(city.users["centre"]).post(
        f"/api/v1/projects/{filed.number}/evidence/filing_receipt/", json.dumps([1]), content_type="application/json"
    )
    assert answer.status_code == 400


def test_an_upload_over_the_limit_is_413_and_nothing_is_stored(city, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    draft = city.draft()
    upload = SimpleUploadedFile("方案.pdf", SAMPLE_PDF + b" " * 5000)
    answer = knock(city.applicant).post(
        f"/api/v1/projects/{draft.number}/materials/", {"code": "construction_plan", "file": upload}, format="multipart"
    )
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert draft.materials.count() == 0
