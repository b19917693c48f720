"""Here: a real Chromium before a live server, and what every page in it must keep to. Not here: the walks themselves."""

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from organizations import clock
from tests.browser.person import Person
from tests.conftest import City, build_city

# Playwright's synchronous interface runs an event loop in this thread; the database is used from it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """A picture of every open page when a test fails."""
    report = yield
    if report.when == "call" and report.failed and "enter" in item.funcargs:
        folder = settings.VAR / "screenshots"
        folder.mkdir(exist_ok=True)
        for number, person in enumerate(item.funcargs["enter"].people):
            person.page.screenshot(path=folder / f"{item.name}-{number}.png", full_page=True)
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """Debian's Chromium; nothing is downloaded."""
    return {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture
def town(transactional_db) -> City:
    """The city today: the server is another thread, which no date of ours would reach."""
    return build_city(today=clock.today())


@pytest.fixture
def enter(browser, live_server):
    """Let somebody sit down at a browser of their own: `enter("applicant")`; without a name nobody is signed in.

    Afterwards: no request left the host and no page wrote an error to the console.
    """

    def sit(name: str = "", **context) -> Person:
        opened = browser.new_context(base_url=live_server.url, locale="zh-CN", **context)
        person = Person(opened.new_page())
        sit.people.append(person)
        if name:
            person.sign_in(name)
        return person

    sit.people = []
    yield sit
    host = urlsplit(live_server.url).netloc
    for person in sit.people:
        person.page.context.close()
    assert [url for person in sit.people for url in person.requests if urlsplit(url).netloc not in {host, ""}] == []
    assert [text for person in sit.people for text in person.complaints] == []
