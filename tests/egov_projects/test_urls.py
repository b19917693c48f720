"""Here: the addresses of the building itself. Not here: the rooms' pages."""

import pytest
from django.conf import settings

from egov_projects import urls


def test_the_api_describes_itself_with_every_error_status(client, db):
    response = client.get("/api/schema/", headers={"accept": "application/vnd.oai.openapi+json"})
    document = response.json()
    login = document["paths"]["/api/v1/auth/login"]["post"]
    assert {"200", "400", "401", "403", "404", "409", "429"} <= set(login["responses"])
    assert "Problem" in document["components"]["schemas"]


def test_the_documentation_runs_no_inline_script(client, db):
    page = client.get("/api/docs/").content.decode()
    assert "swagger-ui-bundle.js" in page
    assert "<script>" not in page


def test_every_room_that_exists_is_installed():
    rooms = {path.parent.name for path in settings.BASE_DIR.glob("*/apps.py")}
    assert rooms - {"egov_projects"} <= set(settings.LOCAL_APPS)


@pytest.mark.parametrize("room", settings.LOCAL_APPS)
def test_a_room_answers_only_where_it_has_addresses(room):
    included = [entry.urlconf_name.__name__ for entry in urls.rooms("urls", "")]
    has_addresses = (settings.BASE_DIR / room / "urls.py").exists()
    assert (f"{room}.urls" in included) == has_addresses
