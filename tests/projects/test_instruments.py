"""Here: what offices set about an instrument at run time: its end and its parameters. Not here: what rules make of it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from organizations import clock
from organizations.models import AuditEvent, Jurisdiction, Office, Organization, User
from policies.loader import load
from projects.errors import Invalid
from projects.instruments import end_instrument, pack_in_force, parameter, remember, set_parameter
from projects.models import InstrumentEnd, PackVersion, ParameterSetting

CODE = "yueqing-2015"
PER_PROJECT = "progress_payment_before_acceptance"
OTHERS = ["centre", "finance", "planning", "tender", "audit", "applicant", "other"]


def end(actor, **fields):
    return end_instrument(CODE, actor=actor, **{"effective_to": date(2026, 6, 30), "replaced_by": "新文号"} | fields)


def setting(city, by, value, name="interim_exception", **fields):
    given = {"jurisdiction_id": city.jurisdiction.pk, "reason": "市府办意见", "basis": "会议纪要"} | fields
    return set_parameter(load(CODE), name, value, actor=city.users[by], **given)


def test_the_governing_office_ends_an_instrument_with_the_document_that_does(city):
    assert pack_in_force(CODE).effective_to is None
    row = end(city.users["gov_office"])
    assert (row.recorded_by, row.recorded_on, row.replaced_by) == (city.users["gov_office"], date(2026, 3, 2), "新文号")
    assert pack_in_force(CODE).effective_to == date(2026, 6, 30)
    assert load(CODE).effective_to is None
    event = AuditEvent.objects.get(action="instrument.end")
    assert (event.target, event.detail) == (CODE, {"effective_to": "2026-06-30", "replaced_by": "新文号"})


def test_the_newest_end_counts(city):
    end(city.users["gov_office"])
    end(city.users["gov_office"], effective_to=date(2026, 12, 31))
    assert pack_in_force(CODE).effective_to == date(2026, 12, 31)


@pytest.mark.parametrize("by", OTHERS)
def test_nobody_else_does(city, by):
    with pytest.raises(PermissionDenied, match="文件失效由市府办登记"):
        end(city.users[by])
    assert InstrumentEnd.objects.count() == 0


def test_the_governing_office_of_a_place_under_another_instrument_does_not(city):
    place = Jurisdiction.objects.create(code="else", name="别处", pack="another")
    unit = Organization.objects.create(jurisdiction=place, name="别处府办", type="direct")
    Office.objects.create(jurisdiction=place, role="gov_office", organization=unit)
    with pytest.raises(PermissionDenied):
        end(User.objects.create_user("elsewhere", password="x", organization=unit))


def test_an_administrator_without_a_unit_does_not(city):
    with pytest.raises(PermissionDenied):
        end(User.objects.create_superuser("boss", password="x"))


@pytest.mark.parametrize(
    ("given", "field"),
    [({"replaced_by": ""}, "replaced_by"), ({"replaced_by": " "}, "replaced_by"),
     ({"effective_to": date(2015, 3, 1)}, "effective_to")],
)  # fmt: skip
def test_an_end_needs_its_document_and_a_day_in_force(city, given, field):
    with pytest.raises(Invalid) as error:
        end(city.users["gov_office"], **given)
    assert set(error.value.errors) == {field}
    assert InstrumentEnd.objects.count() == 0


def test_a_parameter_has_the_default_until_an_office_sets_it(city):
    pack = load(CODE)
    assert parameter(pack, "interim_exception", jurisdiction_id=city.jurisdiction.pk) == "all"
    setting(city, "gov_office", "any")
    setting(city, "gov_office", "all")
    setting(city, "gov_office", "any")
    assert parameter(pack, "interim_exception", jurisdiction_id=city.jurisdiction.pk) == "any"
    elsewhere = Jurisdiction.objects.create(code="else", name="别处", pack=CODE)
    assert parameter(pack, "interim_exception", jurisdiction_id=elsewhere.pk) == "all"


def test_a_setting_keeps_who_when_and_why(city):
    with clock.at(date(2026, 4, 1)):
        row = setting(city, "gov_office", "any")
    assert (row.set_by, row.reason, row.basis) == (city.users["gov_office"], "市府办意见", "会议纪要")
    assert row.set_at.date() == date(2026, 4, 1)
    event = AuditEvent.objects.get(action="parameter.set")
    assert (event.target, event.detail, event.actor) == (
        "interim_exception",
        {"value": "any"},
        city.users["gov_office"],
    )


@pytest.mark.parametrize("by", OTHERS)
def test_only_the_office_that_the_pack_names_sets_it(city, by):
    with pytest.raises(PermissionDenied, match="“临时申报三项例外是同时具备还是具备其一”由市府办设置"):
        setting(city, by, "any")
    assert ParameterSetting.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "by", "value"),
    [
        ("interim_exception", "gov_office", "none"), ("interim_exception", "gov_office", True),
        ("interim_exception", "gov_office", None), ("duplicate_similarity", "centre", -1),
        ("duplicate_similarity", "centre", True), ("duplicate_similarity", "centre", 60.5),
        ("duplicate_similarity", "centre", "60"), (PER_PROJECT, "finance", "yes"), (PER_PROJECT, "finance", 1),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_an_error(city, name, by, value):
    project = city.draft() if name == PER_PROJECT else None
    with pytest.raises(Invalid) as error:
        setting(city, by, value, name=name, project=project)
    assert set(error.value.errors) == {"value"}


def test_what_the_pack_needs_must_be_given(city):
    with pytest.raises(Invalid) as error:
        setting(city, "gov_office", "any", reason="  ")
    assert error.value.errors == {"reason": [{"message": "请填写。", "code": "required"}]}


def test_a_parameter_of_one_project_is_set_for_one_project(city):
    one, two = city.draft(name="甲"), city.draft(name="乙")
    with pytest.raises(Invalid) as error:
        setting(city, "finance", True, name=PER_PROJECT)
    assert set(error.value.errors) == {"project"}
    with pytest.raises(Invalid):
        setting(city, "gov_office", "any", project=one)
    setting(city, "finance", True, name=PER_PROJECT, project=one)
    place = city.jurisdiction.pk
    assert parameter(one.pack, PER_PROJECT, jurisdiction_id=place, project_id=one.pk) is True
    assert parameter(two.pack, PER_PROJECT, jurisdiction_id=place, project_id=two.pk) is False


def test_the_text_of_a_pack_is_kept_once(city):
    pack = load(CODE)
    assert remember(pack) == remember(pack) == pack.digest
    row = PackVersion.objects.get(digest=pack.digest)
    assert (row.code, row.text, row.first_used_on) == (CODE, pack.text, date(2026, 3, 2))
