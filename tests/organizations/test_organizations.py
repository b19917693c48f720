"""Here: units, offices, certificate types. Not here: who may act for them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organizations.models import Office, Organization

PROFILE = {
    "leader_name": "王明",
    "leader_post": "副局长",
    "leader_phone": "0577-61880001",
    "liaison_name": "李华",
    "liaison_post": "科员",
    "liaison_phone": "13800000000",
}


def test_profile_is_complete_with_all_six(bureau):
    """YQ-2.2-1."""
    assert bureau.profile_complete is False
    for name, value in PROFILE.items():
        setattr(bureau, name, value)
    assert bureau.profile_complete is True


@pytest.mark.parametrize("missing", PROFILE)
@pytest.mark.parametrize("blank", ["", "  "])
def test_profile_lacks_each_single_entry(bureau, missing, blank):
    for name, value in (PROFILE | {missing: blank}).items():
        setattr(bureau, name, value)
    assert bureau.profile_complete is False


def test_a_name_stands_once_in_a_jurisdiction_and_again_in_another(bureau, city, other_city):
    Organization.objects.create(jurisdiction=other_city, name=bureau.name)
    with pytest.raises(ValidationError) as refusal:
        Organization(jurisdiction=city, name=bureau.name).full_clean()
    assert refusal.value.messages == ["本辖区已有同名单位。"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.create(jurisdiction=city, name=bureau.name)


def test_units_without_a_credit_code_do_not_clash(city):
    Organization.objects.create(jurisdiction=city, name="甲", credit_code=None)
    Organization.objects.create(jurisdiction=city, name="乙", credit_code=None)
    Organization.objects.create(jurisdiction=city, name="丙", credit_code="91350100M000100Y43")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.create(jurisdiction=city, name="丁", credit_code="91350100M000100Y43")


def test_a_unit_holds_an_office_once(city, centre):
    Office.objects.create(jurisdiction=city, role="security", organization=centre)
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(jurisdiction=city, role="centre", organization=centre)


@pytest.mark.parametrize("phone", ["0577-61880001", "13800000000", "+86 577 61880001"])
def test_phones_that_pass(bureau, phone):
    bureau.leader_phone = phone
    bureau.full_clean()


@pytest.mark.parametrize("phone", ["无", "138000000OO", "1", "0577-61880001 转 8"])
def test_phones_that_are_refused(bureau, phone):
    bureau.leader_phone = phone
    with pytest.raises(ValidationError) as refusal:
        bureau.full_clean()
    assert list(refusal.value.message_dict) == ["leader_phone"]
