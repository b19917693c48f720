"""Here: what the forms of the acceptance refuse by themselves. Not here: what clauses refuse (scenarios)."""

import pytest

from organizations.models import CertificateType
from projects.errors import Forbidden, Invalid
from projects.evidence import record


@pytest.fixture
def project(city):
    """In its trial run."""
    return city.project("trial")


def refused(city, project, name: str, **fields) -> dict[str, list[str]]:
    """Messages by field."""
    with pytest.raises(Invalid) as error:
        city.walker().record(project, name, fields)
    return {key: [one["message"] for one in each] for key, each in error.value.errors.items()}


def test_dates_come_in_order_and_have_come(city, project):
    assert refused(city, project, "trial_run", started_on="2026-03-02", ended_on="2026-03-01") == {
        "ended_on": ["结束日期不能早于开始日期。"]
    }
    assert refused(city, project, "trial_run", ended_on="2026-03-03") == {"ended_on": ["试运行结束日期不能晚于今天。"]}
    assert refused(city, project, "third_party_test", tested_on="2026-03-03", reported_on="2026-03-03") == {
        "tested_on": ["检测日期不能晚于今天。"]
    }
    assert refused(city, project, "third_party_test", reported_on="2026-03-01") == {
        "reported_on": ["报告日期不能早于检测日期。"]
    }
    assert refused(city, project, "third_party_test", valid_from="2026-03-02", valid_to="2026-03-01") == {
        "valid_to": ["有效期止不能早于有效期起。"]
    }


def test_only_testing_certificates_in_use_are_accepted(city, project):
    supervision = CertificateType.objects.get(code="supervision-qualification")
    retired = CertificateType.objects.get(code="testing-cnas")
    assert list(refused(city, project, "third_party_test", certificate_type=supervision.pk)) == ["certificate_type"]
    city.walker().record(project, "third_party_test", {"certificate_type": retired.pk})
    CertificateType.objects.filter(pk=retired.pk).update(active=False)
    assert list(refused(city, project, "third_party_test", certificate_type=retired.pk)) == ["certificate_type"]


def test_a_panel_has_members_who_can_be_told_apart(city, project):
    same = [{"name": "王强", "organization": "甲"}, {"name": "王强", "organization": "乙"}]
    assert refused(city, project, "acceptance_plan", panel=same) == {"panel": ["验收组成员姓名重复:王强,请加注以便区分。"]}
    assert refused(city, project, "acceptance_plan", panel=[]) == {"panel": ["至少填写 1 行。"]}
    assert list(refused(city, project, "acceptance_plan", departments=["邻市财政局"])) == ["departments"]


def test_another_office_is_told_the_clause(city, project):
    with pytest.raises(Forbidden) as error:
        record(project.pk, "complexity_finding", {}, actor=city.users["gov_office"])
    assert error.value.extra == {"roles": ["centre"], "rule": "YQ-3.7-3"}
