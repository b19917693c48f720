"""Here: saved views over the list of projects. Not here: those of the review queue (tests/reviews/test_queue.py)."""

from django.test import Client

from desk.models import SavedView
from desk.saved import MOST, kept


def test_a_place_in_the_list_and_empty_filters_are_not_kept():
    assert kept("q=&kind=新建&page=2&before=9&queue=1") == "kind=%E6%96%B0%E5%BB%BA"


def test_the_list_of_projects_opens_with_the_default_view(city):
    client = Client()
    client.force_login(city.applicant)
    client.post("/views/", {"page": "projects:list", "name": "在建", "query": "state=building"})
    view = SavedView.objects.get()
    assert client.get("/projects/").status_code == 200
    client.post(f"/views/{view.pk}/", {"do": "default"})
    assert client.get("/projects/").headers["location"] == "/projects/?state=building"
    assert (
        'href="/projects/?state=building" aria-current="page">在建'
        in client.get("/projects/?state=building").content.decode()
    )
    assert client.get("/projects/?view=all").status_code == 200


def test_the_same_name_takes_the_new_filters_and_there_is_a_limit(city):
    client = Client()
    client.force_login(city.applicant)
    for number in range(MOST + 1):
        client.post("/views/", {"page": "projects:list", "name": f"视图{number}", "query": "state=building"})
    assert SavedView.objects.count() == MOST
    client.post("/views/", {"page": "projects:list", "name": "视图0", "query": "state=trial"})
    assert (SavedView.objects.count(), SavedView.objects.get(name="视图0").query) == (MOST, "state=trial")


def test_a_name_stands_once(city):
    client = Client()
    client.force_login(city.applicant)
    for name in ("甲", "乙"):
        client.post("/views/", {"page": "projects:list", "name": name, "query": "state=building"})
    answer = client.post(f"/views/{SavedView.objects.get(name='乙').pk}/", {"do": "rename", "name": "甲"}, follow=True)
    assert "已有名为“甲”的视图。" in answer.content.decode()
    assert list(SavedView.objects.values_list("name", flat=True)) == ["甲", "乙"]
