"""Here: the table of certificate types and its seed (YQ-Q16). Not here: anyone's certificate."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organizations.certificates import accepted_types
from organizations.models import CertificateType
from organizations.seed import seed_certificate_types

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _seeded(db):
    seed_certificate_types()


@pytest.mark.parametrize(
    ("family", "codes"),
    [
        ("consulting", ["consulting-qualification", "consulting-credit"]),
        ("supervision", ["supervision-qualification", "supervision-association"]),
        ("supervisor_person", ["supervisor-licence", "supervisor-exam"]),
        ("testing", ["testing-cma", "testing-cnas"]),
    ],
)
def test_originals_come_before_their_substitutes(family, codes):
    assert [certificate.code for certificate in accepted_types(family)] == codes


def test_an_unknown_family_is_an_error():
    with pytest.raises(ValueError, match="nonsense"):
        accepted_types("nonsense")


def test_seeding_again_adds_nothing_and_keeps_edits():
    CertificateType.objects.filter(code="consulting-credit").update(active=False, name="改过的名称")
    seed_certificate_types()
    assert CertificateType.objects.count() == 8
    assert CertificateType.objects.get(code="consulting-credit").name == "改过的名称"
    assert [certificate.code for certificate in accepted_types("consulting")] == ["consulting-qualification"]


def test_every_seeded_substitute_states_its_basis():
    substitutes = CertificateType.objects.exclude(substitute_for=None)
    assert [bool(substitute.basis) for substitute in substitutes] == [True, True, True]


def test_a_substitute_without_basis_is_refused():
    original = CertificateType.objects.get(code="testing-cma")
    with pytest.raises(ValidationError) as refusal:
        CertificateType(code="x", name="某证", family="testing", substitute_for=original).full_clean()
    assert refusal.value.messages == ["替代证书须写明依据。"]
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateType.objects.create(code="x", name="某证", family="testing", substitute_for=original)


@pytest.mark.parametrize(
    ("stands_for", "words"),
    [
        ("supervisor-licence", "替代证书须与被替代的证书属同一类别。"),
        ("consulting-credit", "请选择原定的证书，不能替代另一种替代证书。"),
    ],
)
def test_a_substitute_stands_for_an_original_of_its_family(stands_for, words):
    other = CertificateType.objects.get(code=stands_for)
    with pytest.raises(ValidationError) as refusal:
        CertificateType(code="x", name="某证", family="consulting", substitute_for=other, basis="某文").full_clean()
    assert refusal.value.message_dict == {"substitute_for": [words]}
