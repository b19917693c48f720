"""Here: the filing's checklist on a change request, with files in its rows. Not here: the clause itself (scenarios)."""

import pytest

from construction.checklist import filing_slots, unanswered
from construction.models import ChangeMaterial
from egov_projects.walk import sample_file
from projects.errors import Invalid, Refused
from projects.evidence import record


def rows(city, project) -> list[dict]:
    from construction.examples import change_request

    return change_request(project)["materials"]


def test_the_example_answers_every_slot_of_the_filing(city):
    project = city.project("scheme_approved")
    codes = [spec.code for spec in filing_slots(project)]
    assert codes == [row["code"] for row in rows(city, project)]
    assert {"filing_form", "construction_plan", "feasibility", "related_plan"} <= set(codes)
    change, _ = city.walker().record(project, "change_request")
    assert unanswered(change) == []


def test_one_of_a_group_is_enough(city):
    project = city.project("scheme_approved", kind="运行维护")
    given = rows(city, project)
    codes = {row["code"] for row in given}
    assert len(codes & {"original_contract", "maintenance_contract"}) == 1
    rest = [row for row in given if row["code"] not in ("original_contract", "maintenance_contract")]
    with pytest.raises(Refused) as error:
        city.walker().record(project, "change_request", {"materials": rest})
    assert error.value.rules == ["YQ-3.4-14"]
    assert "原建设项目合同 或 往年运维服务合同" in error.value.verdicts[0].reason
    city.walker().record(project, "change_request")


def test_a_renewed_paper_comes_as_a_file_in_its_row(city):
    project = city.project("scheme_approved")
    data = {"title": "甲", "necessity": "确需", "description": "乙"}
    files = {}
    for at, row in enumerate(rows(city, project)):
        data |= {f"materials-{at}-code": row["code"], f"materials-{at}-answer": row["answer"]}
        if row["code"] == "filing_form":
            data[f"materials-{at}-answer"] = ChangeMaterial.RENEWED
            files[f"materials-{at}-attachment"] = sample_file("新的申报表")
    change, _ = record(project.pk, "change_request", data, files=files, actor=city.applicant)
    renewed = change.materials.get(code="filing_form")
    assert (renewed.answer, renewed.attachment.name, renewed.attachment.project) == (
        "重新提交",
        "新的申报表.pdf",
        project,
    )


def test_a_file_of_another_project_is_unknown(city):
    project, other = city.project("scheme_approved"), city.project("scheme_approved", name="另一项目")
    foreign = other.attachments.first()
    given = [
        row | ({"answer": "重新提交", "attachment": foreign.pk} if row["code"] == "filing_form" else {})
        for row in rows(city, project)
    ]
    with pytest.raises(Invalid) as error:
        city.walker().record(project, "change_request", {"materials": given})
    assert list(error.value.errors) == ["materials"]


def test_a_slot_is_answered_once(city):
    project = city.project("scheme_approved")
    given = rows(city, project)
    with pytest.raises(Invalid) as error:
        city.walker().record(project, "change_request", {"materials": [*given, given[0]]})
    assert list(error.value.errors) == ["materials"]
