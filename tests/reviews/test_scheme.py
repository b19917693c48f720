"""Here: handing in the scheme and who may write it (YQ-3.4-1, -3, -4). Not here: its review (test_review)."""

from datetime import date

import pytest

from organizations.models import CertificateType
from projects.errors import Closed, Forbidden, Invalid
from projects.parties import CONSULTANT, parties
from reviews.models import Scheme

BELOW, AT = "999999.99", "1000000.00"


def submit(desk, project):
    return desk.do(project, "submit_scheme", by="applicant")


def commissioned(desk, project, **fields):
    desk.record(project, "design_commission", by="applicant", **fields)
    desk.record(project, "scheme", by="applicant")
    return project


def test_without_a_scheme_nothing_can_be_submitted(city, desk):
    assert desk.refused(submit, desk, city.project("budgeted")) == ["YQ-3.4-1"]


def test_a_scheme_is_not_taken_before_the_budget(city, desk):
    project = city.project("endorsed")
    assert desk.refused(desk.record, project, "scheme", by="applicant") == ["YQ-3.4-3"]
    assert Scheme.objects.count() == 0


def test_below_the_line_the_unit_may_write_it_itself(city, desk):
    project = city.project("budgeted", BELOW)
    desk.record(project, "scheme", by="applicant", compiled_by_self=True)
    assert submit(desk, project) == "scheme_filed"


@pytest.mark.parametrize("kind", ["新建", "扩建", "升级改造", "运行维护"])
def test_at_the_line_all_four_kinds_need_a_commission(city, desk, kind):
    project = city.project("budgeted", AT, kind=kind)
    desk.record(project, "scheme", by="applicant")
    assert desk.refused(submit, desk, project) == ["YQ-3.4-4"]
    assert submit(desk, commissioned(desk, project)) == "scheme_filed"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"certificate_valid_to": "2026-03-01"}, "工程咨询资质在委托之日不在有效期内。"),
        ({"certificate_valid_from": "2026-03-03"}, "工程咨询资质在委托之日不在有效期内。"),
        ({"certificate_type": ""}, "委托编制还缺:工程咨询资质证书类型。"),
        ({"certificate_number": "", "certificate_scan": ""}, "委托编制还缺:证书编号、证书扫描件。"),
        ({"certificate_valid_to": ""}, "委托编制还缺:证书有效期。"),
        ({"contract": ""}, "委托编制还缺:委托合同或委托书。"),
        ({"firm_name": "市城市管理局"}, "受托编制单位应是申报单位以外的工程咨询单位。"),
    ],
)
def test_at_the_line_the_commission_must_be_whole(city, desk, fields, reason):
    project = commissioned(desk, city.project("budgeted", AT), **fields)
    assert desk.refused(submit, desk, project) == ["YQ-3.4-4"]
    assert desk.reason(submit, desk, project) == reason


@pytest.mark.parametrize(
    "fields",
    [
        {"certificate_valid_to": "2026-03-02"},
        {"certificate_valid_from": "2026-03-02"},
        {"commissioned_on": "2026-03-01", "certificate_valid_to": "2026-03-01"},
    ],
)
def test_a_certificate_valid_on_the_day_of_the_commission_is_enough(city, desk, fields):
    assert submit(desk, commissioned(desk, city.project("budgeted", AT), **fields)) == "scheme_filed"


def test_the_scheme_is_by_the_firm_that_was_commissioned(city, desk):
    project = commissioned(desk, city.project("budgeted", AT))
    desk.record(project, "scheme", by="applicant", compiled_by_self=True, firm_name="")
    assert desk.refused(submit, desk, project) == ["YQ-3.4-4"]
    desk.record(project, "scheme", by="applicant", compiled_by_self=False, firm_name="另一家咨询公司")
    assert desk.refused(submit, desk, project) == ["YQ-3.4-4"]
    desk.record(project, "scheme", by="applicant")
    assert submit(desk, project) == "scheme_filed"


def test_a_retired_or_foreign_certificate_type_is_refused_at_the_field(city, desk):
    CertificateType.objects.filter(code="consulting-qualification").update(active=False)
    project = city.project("budgeted", AT)
    for code in ("consulting-qualification", "supervision-qualification", "no-such-type"):
        with pytest.raises(Invalid) as error:
            desk.record(project, "design_commission", by="applicant", certificate_type=code)
        assert list(error.value.errors) == ["certificate_type"]
    desk.record(project, "design_commission", by="applicant", certificate_type="consulting-credit")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"firm_credit_code": "91330382MA2A0B1C2X"}, "firm_credit_code"),
        ({"commissioned_on": "2026-03-03"}, "commissioned_on"),
        ({"certificate_valid_from": "2026-03-03", "certificate_valid_to": "2026-03-01"}, "certificate_valid_to"),
        ({"firm_name": ""}, "firm_name"),
    ],
)
def test_what_makes_no_sense_is_refused_at_the_field(city, desk, fields, field):
    with pytest.raises(Invalid) as error:
        desk.record(city.project("budgeted"), "design_commission", by="applicant", **fields)
    assert list(error.value.errors) == [field]


@pytest.mark.parametrize(("by_self", "firm"), [(True, "某公司"), (False, "")])
def test_either_the_unit_or_a_named_firm_wrote_it(city, desk, by_self, firm):
    with pytest.raises(Invalid) as error:
        desk.record(city.project("budgeted"), "scheme", by="applicant", compiled_by_self=by_self, firm_name=firm)
    assert list(error.value.errors) == ["firm_name"]


def test_versions_count_up_and_none_is_taken_after_approval(city, desk):
    project = city.project("scheme_filed", without=[])
    desk.record(project, "scheme", by="applicant")
    assert list(Scheme.objects.order_by("id").values_list("version", flat=True)) == [1, 2]
    project = city.walker().walk_to(project, "scheme_approved")
    with pytest.raises(Closed) as error:
        desk.record(project, "scheme", by="applicant")
    assert error.value.extra["rules"] == ["YQ-3.4-13"]


def test_only_the_unit_hands_it_in(city, desk):
    with pytest.raises(Forbidden) as error:
        desk.record(city.project("budgeted"), "scheme", by="centre")
    assert error.value.extra["rule"] == "YQ-3.4-1"


def test_the_consultant_is_a_party_of_the_project(city, desk):
    project = commissioned(desk, city.project("budgeted", AT))
    found = [party for party in parties(project) if party.role == CONSULTANT]
    assert [(each.name, each.credit_code[:17]) for each in found] == [("浙江甬江工程咨询有限公司", "91330382MA2A0B1C2")]


def test_the_commission_is_kept_with_its_dates(city, desk):
    record = desk.record(city.project("budgeted", AT), "design_commission", by="applicant")
    assert (record.commissioned_on, record.certificate_valid_from) == (date(2026, 3, 2), date(2025, 3, 2))
