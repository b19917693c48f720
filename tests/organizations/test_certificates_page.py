"""Here: the page on which 市府办 keeps substitutes for certificates (YQ-Q16). Not here: the table (test_certificates.py)."""

import pytest

from organizations.certificates import accepted_types
from organizations.models import AuditEvent, CertificateType, Office, Organization
from tests.organizations.test_system_pages import told


@pytest.fixture
def governing(city, person):
    unit = Organization.objects.create(jurisdiction=city, name="市府办")
    Office.objects.create(jurisdiction=city, role="gov_office", organization=unit)
    return person("governing", unit)


def test_a_substitute_with_its_basis_is_accepted_from_then_on_in_its_place_only(client, governing, city):
    client.force_login(governing)
    original = CertificateType.objects.get(code="supervision-qualification")
    data = {"code": "new", "name": "某能力证书", "substitute_for": original.pk}
    refused = client.post("/certificates/", data)
    assert (refused.status_code, CertificateType.objects.filter(code="new").count()) == (400, 0)
    client.post("/certificates/", data | {"basis": "某文〔2026〕1号"})
    row = CertificateType.objects.get(code="new")
    assert (row.family, row.registered_by) == ("supervision", governing)
    assert row in accepted_types("supervision", city.pk)
    assert row not in accepted_types("supervision", city.pk + 1)
    client.post(f"/certificates/{row.pk}/active/", {"active": "no"})
    assert row not in accepted_types("supervision", city.pk)
    found = AuditEvent.objects.filter(action__startswith="certificate").order_by("id")
    assert [event.action for event in found] == ["certificate_registered", "certificate_retired"]


def test_an_original_is_never_retired(client, governing):
    client.force_login(governing)
    original = CertificateType.objects.get(code="supervision-qualification")
    assert client.post(f"/certificates/{original.pk}/active/", {"active": "no"}).status_code == 404


def test_others_read(client, person, bureau):
    client.force_login(person("li", bureau))
    page = told(client.get("/certificates/"))
    assert "工程咨询单位资信评价证书" in page
    assert "<h2>登记替代凭证</h2>" not in page
    assert client.post("/certificates/", {}).status_code == 403
