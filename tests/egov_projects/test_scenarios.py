"""Here: playing scenarios: what holds, what fails and how it says so. Not here: the packs' own cases (tests/test_scenarios)."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from egov_projects.scenarios.names import names, vocabulary
from egov_projects.scenarios.outcome import ScenarioOutcome
from egov_projects.scenarios.runner import play, play_file, play_files
from organizations.models import AuditEvent, Jurisdiction, User
from policies.scenarios import parse
from projects.models import Attachment, InstrumentEnd, Project

pytestmark = pytest.mark.django_db
OFFICE_ONLY = """
title = "只有中心出具预审意见"
pack = "yueqing-2015"
clauses = ["YQ-3.2-1"]
[project]
at = "filed"
[[step]]
by = "finance"
do = "endorse"
forbidden = "YQ-3.2-1"
"""


def outcome(*steps: dict, project: dict | None = None, **head: Any) -> ScenarioOutcome:
    """Play steps on a project that was filed on 2026-03-02."""
    start = {"at": "filed", "on": date(2026, 3, 2)} | (project or {})
    data = {"title": "试", "pack": "yueqing-2015", "project": start, "step": list(steps), **head}
    (found,) = play([parse(data, names())])
    return found


def problems(*steps: dict, **extra: Any) -> list[str]:
    """Everything that did not hold."""
    found = outcome(*steps, **extra)
    return [found.error] * bool(found.error) + [problem for step in found.steps for problem in step.problems]


def test_a_step_that_holds_moves_the_project() -> None:
    assert problems({"do": "endorse", "state": "endorsed"}, {"expect": {"state": "endorsed"}}) == []


def test_everything_is_undone_afterwards() -> None:
    before = [model.objects.count() for model in (Project, User, Jurisdiction, Attachment, AuditEvent)]
    assert problems({"do": "endorse"}) == []
    assert [model.objects.count() for model in (Project, User, Jurisdiction, Attachment, AuditEvent)] == before


def test_files_are_undone_too(settings) -> None:
    folder = Path(settings.MEDIA_ROOT)
    before = sorted(folder.rglob("*"))
    assert problems({"attach": "other"}) == []
    assert sorted(folder.rglob("*")) == before


def test_a_refusal_that_does_not_come_is_a_problem() -> None:
    (problem, *_) = problems({"do": "endorse", "refused_by": ["YQ-1.2-12"]}, project={"without": []})
    assert problem.startswith("expected refused, got ")


def test_a_refusal_must_be_by_exactly_these_rules() -> None:
    found = problems({"do": "endorse", "prepare": False, "refused_by": ["YQ-3.1-2"]})
    assert len(found) == 1
    assert found[0].startswith("refused_by: expected ['YQ-3.1-2'], got [")
    assert "missing YQ-3.1-2; unexpected " in found[0]


def test_a_refusal_nobody_expected_shows_its_verdicts() -> None:
    found = outcome({"do": "endorse", "prepare": False})
    assert found.steps[0].problems[0] == "expected done, got refused: “出具预审意见(同意)”暂不能办理。"
    assert {verdict["rule"] for verdict in found.steps[0].verdicts if verdict["blocks"]} != set()
    assert found.steps[0].got["state"] == "filed"


def test_the_first_step_that_fails_ends_the_scenario() -> None:
    found = outcome({"do": "endorse", "state": "filed"}, {"do": "endorse"})
    assert [step.problems for step in found.steps] == [["state: expected filed, got endorsed"]]


def test_what_the_actor_may_not_is_forbidden_and_cites_the_clause() -> None:
    assert problems({"by": "finance", "do": "endorse", "forbidden": True}) == []
    assert problems({"by": "finance", "do": "endorse", "forbidden": "YQ-3.2-1"}) == []
    (wrong,) = problems({"by": "finance", "do": "endorse", "forbidden": "YQ-3.1-2"})
    assert wrong.startswith("forbidden citing: expected ['YQ-3.1-2'], got ['YQ-3.2-1']")
    (allowed, *_) = problems({"by": "centre", "do": "endorse", "forbidden": True, "prepare": True})
    assert allowed.startswith("expected forbidden, got ")


@pytest.mark.parametrize(("user", "seen"), [("sibling", True), ("other", False), ("centre", True), ("applicant", True)])
def test_people_of_the_city_see_what_they_should(user: str, seen: bool) -> None:
    assert problems({"user": user, "expect": {"visible": seen}}) == []
    assert problems({"user": user, "expect": {"visible": not seen}}) != []


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ({"do": "approve_scheme"}, "not_offered"),
        ({"do": "endorse", "seen": "draft"}, "stale"),
        ({"do": "reject", "note": ""}, "note"),
        ({"record": "filing_receipt", "fields": {"outcome": "也许"}}, "outcome"),
        ({"waive": "YQ-1.2-12", "reason": "", "basis": "纪要"}, "reason"),
    ],
)
def test_errors_of_the_door_and_of_forms_are_expected_by_name(step: dict, error: str) -> None:
    assert problems(step | {"error": error}) == []
    found = problems(step | {"error": "other"})
    assert found[-1] == f"error: expected other, got {error}"


def test_evidence_of_a_stage_that_is_not_open_is_closed() -> None:
    assert problems({"record": "filing", "closed": True}) == []


def test_a_record_is_laid_over_its_example_unless_exact() -> None:
    step = {"record": "filing_receipt", "fields": {"remark": "齐全"}}
    assert problems(step, {"expect": {"facts": {"filing_receipt.outcome": "受理"}}}) == []
    assert problems(step | {"exact": True, "error": "outcome"}) == []


def test_facts_are_compared_as_their_kind() -> None:
    right = {
        "facts": {"project.investment": "500000.00", "project.filed_on": "2026-03-02"},
        "unknown": ["payment.amount"],
    }
    assert problems({"expect": right}) == []
    (wrong,) = problems({"expect": {"facts": {"project.investment": "500000.01"}}})
    assert wrong == "project.investment: expected 500,000.01, got 500,000.00"


def test_flags_and_options_are_exact() -> None:
    assert problems({"user": "applicant", "expect": {"options": ["withdraw"]}}, project={"at": "draft"}) == [
        "options: expected withdraw, got 无"
    ]
    (wrong,) = problems({"expect": {"flags": ["YQ-1.2-12"]}})
    assert wrong.startswith("flags: expected YQ-1.2-12, got ")


def test_a_project_that_cannot_get_there_lawfully_is_an_error() -> None:
    found = outcome({"expect": {}}, project={"at": "endorsed", "without": ["preliminary_opinion"]})
    assert found.error.startswith("project: YQ-2026-0001: endorse ")
    assert found.steps == [] and not found.holds


def test_each_state_is_reached_on_its_day() -> None:
    dates = {"filed": date(2026, 1, 5), "endorse": date(2026, 2, 3)}
    facts = {"project.filed_on": "2026-01-05", "preliminary_opinion.recorded_on": "2026-02-03", "today": "2026-03-04"}
    step = {"on": date(2026, 3, 4), "expect": {"facts": facts}}
    assert problems(step, project={"at": "endorsed", "dates": dates}) == []


def test_earlier_days_are_moved_back_where_the_law_makes_a_move_wait() -> None:
    start = {"at": "evaluated", "on": date(2026, 3, 2)}
    found = outcome({"expect": {"state": "evaluated"}}, project=start)
    assert (found.error, found.steps[0].problems) == ("", [])
    fixed = outcome({"expect": {}}, project=start | {"dates": {"in_service": date(2026, 1, 5)}})
    assert fixed.error.startswith("project: project dates:依法不能这么早到 evaluated")


def test_beginnings_in_common_do_not_leak_from_one_scenario_into_the_next() -> None:
    start = {"at": "filed", "on": date(2026, 3, 2)}
    cases = [
        {"project": start, "step": [{"do": "endorse", "state": "endorsed"}]},
        {"project": start, "step": [{"expect": {"state": "filed", "facts": {"preliminary_opinion.recorded": False}}}]},
        {"project": start | {"at": "endorsed"}, "step": [{"expect": {"state": "endorsed"}}]},
        {"project": start | {"at": "draft"}, "step": [{"expect": {"state": "draft"}}]},
        {"project": start | {"investment": "1.00"}, "step": [{"expect": {"investment": Decimal("1.00")}}]},
    ]
    known = names()
    parsed = [parse({"title": "试", "pack": "yueqing-2015", **case}, known) for case in cases]
    for order in (parsed, parsed[::-1]):
        assert [(each.error, [step.problems for step in each.steps]) for each in play(order)] == [("", [[]])] * 5


def test_an_ended_instrument_on_file_does_not_change_a_scenario(city) -> None:
    InstrumentEnd.objects.create(
        pack_code="yueqing-2015", effective_to=date(2020, 1, 1), replaced_by="新文号",
        recorded_by=city.users["gov_office"], recorded_on=date(2026, 3, 2),
    )  # fmt: skip
    assert problems({"by": "finance", "do": "endorse", "forbidden": "YQ-3.2-1"}) == []
    assert InstrumentEnd.objects.count() == 1


def test_a_question_to_the_book_needs_no_project() -> None:
    check = {
        "facts": {"project.kind": "新建", "project.investment": "2000000.00"},
        "obligations_include": ["YQ-3.4-11"],
        "obligations_exclude": ["YQ-3.4-11"],
    }
    data = {"title": "试", "pack": "yueqing-2015", "check": [check]}
    ((step,),) = [found.steps for found in play([parse(data, names())])]
    assert step.problems == ["obligations: YQ-3.4-11 found, not expected"]


def test_a_crash_is_reported_and_does_not_stop_the_rest(monkeypatch) -> None:
    from egov_projects.scenarios import steps

    monkeypatch.setitem(steps.ACTIONS, "sweep", lambda stage, step: 1 / 0)
    (problem,) = problems({"sweep": True})
    assert problem.startswith("crashed: ZeroDivisionError: division by zero (test_scenarios.py:")


def write(folder: Path, name: str, text: str) -> Path:
    """A scenario file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_command_plays_folders_and_exits_zero_when_all_hold(tmp_path: Path) -> None:
    write(tmp_path, "good.toml", OFFICE_ONLY)
    out = StringIO()
    call_command("scenario", str(tmp_path), stdout=out)
    assert out.getvalue().splitlines() == [
        f"ok   {tmp_path / 'good.toml'}  只有中心出具预审意见",
        "1 of 1 scenarios hold",
    ]


def test_the_command_prints_what_failed_and_exits_one(tmp_path: Path) -> None:
    path = write(tmp_path, "bad.toml", OFFICE_ONLY.replace('"finance"', '"centre"'))
    write(tmp_path, "misspelt.toml", OFFICE_ONLY.replace("[[step]]", "[[stepp]]"))
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("scenario", str(tmp_path), stdout=out)
    text = out.getvalue()
    assert stop.value.code == 1
    assert f"FAIL {path}  只有中心出具预审意见" in text
    assert "step 1 do endorse by centre on 2026-03-02" in text
    assert "expected forbidden, got " in text
    assert "scenario:没有“stepp”(是不是“step”?)" in text
    assert "0 of 2 scenarios hold" in text


def test_the_json_is_complete(tmp_path: Path) -> None:
    path = write(tmp_path, "good.toml", OFFICE_ONLY)
    out = StringIO()
    call_command("scenario", str(path), as_json=True, stdout=out)
    answer = json.loads(out.getvalue())
    (found,) = answer["scenarios"]
    (step,) = found["steps"]
    assert (answer["holds"], found["holds"], found["clauses"]) == (True, True, ["YQ-3.2-1"])
    assert (step["expected"], step["got"]["answer"], step["got"]["rules"]) == (
        {"forbidden": "YQ-3.2-1"}, "forbidden", ["YQ-3.2-1"],
    )  # fmt: skip


def test_keep_leaves_a_project_that_people_can_sign_in_to(tmp_path: Path) -> None:
    path = write(tmp_path, "good.toml", OFFICE_ONLY)
    found = play_file(path, names(), keep=True)
    kept = Project.objects.get(number=found.project)
    assert kept.state == "filed"
    centre = User.objects.get(username=found.sign_in["centre"])
    assert centre.check_password(found.sign_in["password"])


def test_files_that_cannot_be_read_do_not_stop_the_others(tmp_path: Path) -> None:
    paths = [write(tmp_path, "bad.toml", "title ="), write(tmp_path, "good.toml", OFFICE_ONLY)]
    assert [(Path(each.path).name, each.holds) for each in play_files(paths, names())] == [
        ("bad.toml", False),
        ("good.toml", True),
    ]


@pytest.mark.parametrize("arguments", [(), ("nowhere",)])
def test_the_command_asks_for_files(arguments: tuple) -> None:
    with pytest.raises(CommandError):
        call_command("scenario", *arguments)


def test_the_vocabulary_names_fields_with_their_types() -> None:
    found = vocabulary()
    assert found["evidence"]["filing_receipt"]["fields"]["outcome"] == {
        "type": "choice", "label": "受理结论", "required": True, "choices": ["受理", "不予受理"],
    }  # fmt: skip
    assert found["facts"]["project.investment"] == {"kind": "money", "label": "投资"}
    assert found["packs"]["yueqing-2015"]["moves"]["endorse"]["by"] == ["centre"]
    out = StringIO()
    call_command("scenario", vocabulary=True, as_json=True, stdout=out)
    assert json.loads(out.getvalue()) == json.loads(json.dumps(found))
