"""Here: jurisdictions below one another, and their page. Not here: what may be read across them (tests/projects)."""

import pytest
from django.core.exceptions import ValidationError

from organizations.models import AuditEvent, Jurisdiction, Post, User
from organizations.places import above, below

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(db) -> list[Jurisdiction]:
    """国家, 省, 市, 县, each below the one before."""
    found: list[Jurisdiction] = []
    for code in ("nation", "province", "town", "county"):
        parent = found[-1] if found else None
        found.append(Jurisdiction.objects.create(code=code, name=code, pack="yueqing-2015", parent=parent))
    return found


@pytest.fixture
def admin(client) -> User:
    user = User.objects.create_user("root", password="x", post=Post.SYSTEM_ADMIN, display_name="root")
    client.force_login(user)
    return user


def test_above_and_below_at_any_depth(chain, django_assert_num_queries):
    nation, province, town, county = chain
    with django_assert_num_queries(2):
        assert below([nation.pk]) == {province.pk, town.pk, county.pk}
        assert above(county.pk) == [town, province, nation]
    assert below([county.pk]) == frozenset()


def test_no_place_lies_above_itself_nor_deeper_than_four(chain):
    nation, province, town, county = chain
    for place, parent in ((nation, nation), (nation, county), (province, town)):
        place.parent = parent
        with pytest.raises(ValidationError, match="不能选择本辖区或者它的下级"):
            place.clean()
    nation, county = Jurisdiction.objects.get(pk=nation.pk), Jurisdiction.objects.get(pk=county.pk)
    with pytest.raises(ValidationError, match="辖区最多4级"):
        Jurisdiction(code="deep", name="deep", pack="yueqing-2015", parent=county).clean()
    top = Jurisdiction.objects.create(code="top", name="top", pack="yueqing-2015")
    nation.parent = top
    with pytest.raises(ValidationError, match="辖区最多4级"):
        nation.clean()


def test_a_place_is_added_under_another_and_goes_on_record(client, admin, chain):
    data = {"code": "new-town", "name": "新市", "parent": chain[1].pk, "pack": "taicang-2021"}
    client.post("/system/places/new/", data)
    place = Jurisdiction.objects.get(code="new-town")
    assert (place.parent, place.pack) == (chain[1], "taicang-2021")
    assert AuditEvent.objects.get(action="place.add").detail["after"]["name"] == "新市"
    assert "新市" in client.get("/system/places/").content.decode()


def test_only_binding_packs_and_places_that_are_not_below_are_offered(client, admin, chain):
    page = client.get(f"/system/places/{chain[1].pk}/").content.decode()
    assert 'value="yueqing-2015" selected' in page
    assert "nanchong-draft" not in page
    assert [f'<option value="{each.pk}"' in page for each in chain] == [True, False, False, False]
    answer = client.post(
        f"/system/places/{chain[1].pk}/", {"name": "x", "parent": chain[3].pk, "pack": "nanchong-draft"}
    )
    assert answer.status_code == 400
    chain[1].refresh_from_db()
    assert (chain[1].name, chain[1].parent) == ("province", chain[0])
