"""Here: choosing several duties of the inbox and going to the page that handles them. Not here: handling (reviews)."""

import re

import pytest

from desk import many
from desk.many import Many, offered
from organizations.models import User
from reviews.models import FilingReceipt


@pytest.fixture
def centre(city):
    return User.objects.select_related("organization").get(pk=city.users["centre"].pk)


def boxes(page: str) -> list[str]:
    return re.findall(r'<input type="checkbox" name="project" value="([^"]+)" data-name="filing_receipt"', page)


def test_rows_that_can_be_done_together_can_be_chosen_and_come_back_to_the_inbox(city, client):
    projects = [city.project("filed", name=name) for name in ("门户", "云桌面")]
    client.force_login(city.users["centre"])
    page = client.get("/?q=门户").content.decode()
    assert boxes(page) == [projects[0].number]
    assert '<option value="filing_receipt">受理登记:受理</option>' in page and 'value="endorse"' not in page
    chosen = {"handling": "filing_receipt", "project": [each.number for each in projects], "back": "q=x", "from": "inbox"}
    preview = client.post("/review/bulk/", chosen)
    text = preview.content.decode()
    assert text.count(">可办<") == 2 and 'href="/?q=x">不办,返回</a>' in text
    rows = [f"{row.project.number}|{row.stamp}" for row in preview.context["preview"].rows]
    sent = {"handling": "filing_receipt", "row": rows, "key": str(preview.context["key"]), "from": "inbox"}
    assert "2 件已办,0 件未办" in client.post("/review/bulk/confirm/", sent, follow=True).content.decode()
    assert FilingReceipt.objects.count() == 2
    assert boxes(client.get("/").content.decode()) == []


def test_nothing_chosen_leads_back_to_the_inbox_as_it_was(city, client):
    client.force_login(city.users["centre"])
    answer = client.post("/review/bulk/", {"handling": "filing_receipt", "back": "due=late", "from": "inbox"})
    assert answer["Location"] == "/?due=late"


def test_whoever_handles_nothing_together_is_offered_nothing(city, client):
    city.draft()
    client.force_login(city.applicant)
    assert "data-many" not in client.get("/").content.decode()
    assert offered(city.applicant, ["file"]) is None


def test_only_what_lies_on_the_page_is_offered(centre, monkeypatch):
    monkeypatch.setattr(many, "_offers", [lambda user: None, lambda user: Many("/x/", (("a", "甲"), ("b", "乙")))])
    assert offered(centre, ["b", "c"]) == Many("/x/", (("b", "乙"),))
    assert offered(centre, ["c"]) is None
