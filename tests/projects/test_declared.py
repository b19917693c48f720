"""Here: evidence declared as data, put on file through the same door as any other. Not here: reading declarations."""

import json
from datetime import date
from decimal import Decimal

import pytest

from egov_projects.walk import sample_file, submit
from policies import loader, record_kinds
from projects.errors import Closed, Forbidden, Invalid, NotOffered, Refused
from projects.evidence import EVIDENCE, record, void
from projects.judgement import ProjectFacts
from projects.models import DeclaredRecord

NAME = "responsibility_letter"
RULE = """
[[rule]]
id = "T-1"
clause = "一"
says = "责任书应在申报后签订,约定日期不能缺。"
basis = "duty"
status = "enforced"
records = ["responsibility_letter"]
require = [{ fact = "responsibility_letter.finish_by", test = "present" }]
message = "应约定完成日期。"
"""


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """乐清's pack with the letter, recorded by the centre while a project is filed."""
    text = (loader.FOLDER / "yueqing-2015.toml").read_text(encoding="utf-8")
    text += f'{RULE}\n[records.{NAME}]\nby = ["centre"]\nrule = "T-1"\nopen_in = ["filed"]\n'
    (tmp_path / "yueqing-2015.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(loader, "FOLDER", tmp_path)
    loader.load.cache_clear()
    yield loader.load("yueqing-2015")
    monkeypatch.undo()
    loader.load.cache_clear()


def letter(**fields):
    return {
        "signed_on": "2026-03-01", "parties": "中心、城管局", "responsible_person": "林分管",
        "finish_by": "2026-12-31", "letter": "责任书",
    } | fields  # fmt: skip


def test_it_is_recorded_read_and_answers_facts(pack, city):
    project = city.project("filed")
    saved, _ = submit(project, NAME, letter(), actor=city.users["centre"])
    row = EVIDENCE[NAME].current(project)
    assert row.pk == saved.pk and row.recorded_role == "centre"
    assert row.gist == "中心、城管局"
    assert (row.signed_on, row.responsible_person, row.letter.name) == (date(2026, 3, 1), "林分管", "责任书.pdf")
    facts = ProjectFacts(project, project.pack)
    assert [facts.get(f"{NAME}.{name}") for name in ("recorded", "count", "finish_by", "letter", "parties")] == [
        True, 1, date(2026, 12, 31), True, "中心、城管局",
    ]  # fmt: skip
    void(project.pk, NAME, row.pk, actor=city.users["centre"], reason="误登记")
    assert ProjectFacts(project, project.pack).get(f"{NAME}.recorded") is False


def test_a_rule_judges_the_record_that_is_being_put_on_file(pack, city):
    project = city.project("filed")
    with pytest.raises(Refused) as refusal:
        submit(project, NAME, letter(finish_by=""), actor=city.users["centre"])
    assert refusal.value.rules == ["T-1"]
    assert not DeclaredRecord.objects.exists()


@pytest.mark.parametrize(
    "fields, field, words",
    [
        ({"signed_on": "2026-03-03"}, "signed_on", "不能晚于今天。"),
        ({"finish_by": "2026-02-28"}, "finish_by", "不能早于“签订日期”。"),
        ({"responsible_person": ""}, "responsible_person", "该字段是必填项。"),
        ({"letter": ""}, "letter", "该字段是必填项。"),
        ({"sum": "1"}, "sum", "没有“sum”这个字段"),
    ],
)
def test_wrong_input_is_an_error_at_its_field(pack, city, fields, field, words):
    project = city.project("filed")
    with pytest.raises(Invalid) as error:
        submit(project, NAME, letter(**fields), actor=city.users["centre"])
    assert words in str(error.value.errors[field])


def test_another_office_or_state_is_refused(pack, city):
    project = city.project("filed")
    with pytest.raises(Forbidden):
        submit(project, NAME, letter(), actor=city.applicant)
    later = city.project("endorsed")
    with pytest.raises(Closed):
        submit(later, NAME, letter(), actor=city.users["centre"])


def test_what_the_pack_does_not_name_does_not_exist(city, client):
    project = city.project("filed")
    with pytest.raises(NotOffered) as error:
        record(project.pk, NAME, letter(), actor=city.users["centre"])
    assert "没有“项目责任书”这一事项" in error.value.detail
    client.force_login(city.users["centre"])
    assert client.get(f"/projects/{project.number}/records/{NAME}/").status_code == 404
    kinds = client.get(f"/api/v1/projects/{project.number}/evidence/").json()["kinds"]
    assert NAME not in [kind["name"] for kind in kinds] and "filing_receipt" in [kind["name"] for kind in kinds]


def test_pages_and_rest_show_its_fields(pack, city, client):
    project = city.project("filed")
    client.force_login(city.users["centre"])
    address = f"/projects/{project.number}/records/{NAME}/"
    assert "约定完成日期" in client.get(address).content.decode()
    assert client.post(address, letter(letter=sample_file("责任书"))).status_code == 302
    shown = client.get(f"/projects/{project.number}/").content.decode()
    assert "项目责任书" in shown and "2026-12-31" in shown and "责任书.pdf" in shown
    assert 'value="2026-12-31"' in client.get(address).content.decode()
    (row,) = client.get(f"/api/v1/projects/{project.number}/evidence/{NAME}/").json()
    assert (row["finish_by"], row["letter"]["name"]) == ("2026-12-31", "责任书.pdf")
    assert "data" not in row and "name" not in row


ROWS = """
[[record]]
name = "kept_rows"
label = "清单"
stage = "建设"
open_from = "filed"
open_to = "building"
[[record.field]]
name = "items"
label = "明细"
type = "lines"
  [[record.field.column]]
  name = "title"
  label = "名称"
  [[record.field.column]]
  name = "amount"
  label = "金额(元)"
  type = "money"
[[record.field]]
name = "share"
label = "比例"
type = "percent"
"""


def test_tables_and_percents_keep_their_values():
    (kind,) = record_kinds.parse(ROWS)
    row = DeclaredRecord(
        name="kept_rows", data=json.loads('{"items": [{"title": "甲", "amount": "1.10"}], "share": "15.00"}')
    )
    assert row.value(kind.field("items")) == [{"title": "甲", "amount": Decimal("1.10")}]
    assert row.value(kind.field("share")) == Decimal("15.00")
    with pytest.raises(AttributeError):
        _ = row.items
