"""Here: every page for everybody, refusals and errors too, held against WCAG 2.2 AA (axe-core) and the HTML standard (Nu).

Not here: who may open which page (tests/test_matrix.py), what pages do.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse

from organizations import clock
from projects.evidence import EVIDENCE
from tests.conftest import TODAY
from tests.endpoints import ENDPOINTS
from tests.world import ADMINISTRATORS, OFFICES, PEOPLE, POSITIONS, World, build_world

LEVEL = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
PAGES = {name: each for name, each in ENDPOINTS.items() if not name.startswith(("api-", "healthz", "readyz"))}
CHECKER = settings.BASE_DIR / "node_modules/vnu-jar/build/dist/vnu.jar"
TOKEN = "() => JSON.parse(document.body.getAttribute('data-hx-headers'))['X-CSRFToken']"
SEND = """path => {
  const form = document.createElement('form');
  form.method = 'post'; form.action = path;
  const token = JSON.parse(document.body.getAttribute('data-hx-headers'))['X-CSRFToken'];
  form.innerHTML = `<input name="csrfmiddlewaretoken" value="${token}">`;
  document.body.append(form); form.submit();
}"""
Asked = tuple[str, str]


@pytest.fixture
def world(transactional_db) -> World:
    """Both cities."""
    with clock.at(TODAY):
        return build_world()


@pytest.fixture
def visitor(browser, live_server, world):
    """`visitor(person)`: a page in that person's browser."""
    contexts = {}

    def open_page(person: str):
        if person not in contexts:
            contexts[person] = browser.new_context(base_url=live_server.url, locale="zh-CN")
            if person in world.cookies:
                cookie = {"name": settings.SESSION_COOKIE_NAME, "value": world.cookies[person], "url": live_server.url}
                contexts[person].add_cookies([cookie])
            contexts[person].new_page()
        return contexts[person].pages[0]

    yield open_page
    for context in contexts.values():
        context.close()


def addresses(world: World, method: str, wanted: set[int], *, all_of_them: bool) -> list[Asked]:
    """(person, path) of pages that are declared to answer a person with one of these statuses.

    Each page in each position for one of the unit, one office, one administrator and a stranger; or for everybody.
    """
    found: dict[tuple, Asked] = {}
    for name, each in PAGES.items():
        answer = getattr(each, method)
        for position in POSITIONS if each.per_project else ("filed",):
            for person in PEOPLE if answer else ():
                status = each.expected(answer, person, position, rest=False)
                if status in wanted:
                    who = person if all_of_them or method == "get" else ""
                    key = (name, position if method == "get" else "", who if all_of_them else kind_of(who), status)
                    found.setdefault(key, (person, reverse(name, kwargs=each.path(world, position))))
    return list(found.values())


def kind_of(person: str) -> str:
    """What somebody is, roughly: pages differ by this."""
    if person in OFFICES:
        return "office"
    return "administrator" if person in ADMINISTRATORS else {"sibling": "applicant", "other": "applicant"}.get(person, person)


def fingerprint(html: str) -> str:
    """Pages that differ only in tokens, in the number of the request and in who is signed in are one page."""
    page = re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken"|nonce)[=:] ?"[^"]*"', "", html)
    page = re.sub(r"<p>编号：<code>[0-9a-f-]{36}</code></p>", "", page)
    return hashlib.sha256(re.sub(r"<header.*?</header>", "", page, flags=re.S).encode()).hexdigest()


def complaints(page, what: str) -> list[str]:
    """What axe-core has against the page that is open."""
    found = Axe().run(page, options=LEVEL).response["violations"]
    return [f"{what}: {each['id']} {node['html'][:160]}" for each in found for node in each["nodes"]]


def nu(folder: Path) -> list[str]:
    """Errors of the Nu HTML checker in the files of a folder."""
    command = ["java", "-jar", str(CHECKER), "--errors-only", "--format", "gnu", "--skip-non-html", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr.splitlines()


def report(text: str) -> None:
    """A line that shows in every run."""
    sys.stdout.write(f"\n{text}\n")


@pytest.fixture
def all_of_them(request) -> bool:
    """Whether the run asked for every page as every person (`--everybody`)."""
    return request.config.getoption("everybody")


def test_every_page_for_everybody(world, visitor, tmp_path, capsys, all_of_them):
    asked, seen, found = addresses(world, "get", {200}, all_of_them=all_of_them), {}, []
    for person, path in asked:
        page = visitor(person)
        answer = page.context.request.get(path)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        html = answer.text()
        if not html.lstrip().lower().startswith("<!doctype"):  # a part that another page fetches
            continue
        if (mark := fingerprint(html)) in seen:
            continue
        seen[mark] = f"{person} {path}"
        (tmp_path / f"{len(seen):04}.html").write_text(html, encoding="utf-8")
        page.goto(path)
        found += complaints(page, seen[mark])
    with capsys.disabled():
        report(f"{len(asked)} pages x people, {len(seen)} different: {len(found)} axe violations")
    assert found == []
    standard(tmp_path, list(seen.values()), capsys)


def test_refusals_and_error_pages(world, visitor, tmp_path, capsys, all_of_them):
    """Empty forms, wrong offices and what is not there; every form of evidence among them."""
    filed = world.projects["filed"].number
    asked = [("post", *each) for each in addresses(world, "post", {400, 403, 404, 409}, all_of_them=all_of_them)]
    asked += [("post", kind.by[0], f"/projects/{filed}/records/{name}/") for name, kind in EVIDENCE.items()]
    asked += [("get", *each) for each in addresses(world, "get", {403}, all_of_them=False)] + [("get", "centre", "/nothing/")]
    seen, found, tokens = {}, [], {}
    for method, person, path in asked:
        page = visitor(person)
        if person not in world.cookies:
            continue
        if person not in tokens:
            page.goto("/whatif/")
            tokens[person] = page.evaluate(TOKEN)
        html = answer_to(page, method, path, tokens[person])
        if (mark := fingerprint(html)) in seen:
            continue
        seen[mark] = f"{method} {person} {path}"
        (tmp_path / f"{len(seen):04}.html").write_text(html, encoding="utf-8")
        draw(page, method, path)
        found += complaints(page, seen[mark])
    with capsys.disabled():
        report(f"{len(asked)} refusals, {len(seen)} different pages: {len(found)} axe violations")
    assert found == []
    standard(tmp_path, list(seen.values()), capsys)


def answer_to(page, method: str, path: str, token: str) -> str:
    """What the address answers, before it is worth drawing."""
    ask = page.context.request
    return (ask.get(path) if method == "get" else ask.post(path, form={"csrfmiddlewaretoken": token})).text()


def draw(page, method: str, path: str) -> None:
    """Open the answer in the browser; a form is sent from the page that is open, if it can send one."""
    if method == "get":
        page.goto(path)
        return
    if not page.evaluate("() => document.body.hasAttribute('data-hx-headers')"):
        page.goto("/whatif/")
    with page.expect_navigation():
        page.evaluate(SEND, path)


def standard(folder: Path, pages: list[str], capsys) -> None:
    """No error in any file; the checker needs Java."""
    if not shutil.which("java") or not CHECKER.exists():
        pytest.skip("Nu HTML checker: no Java here")
    errors = nu(folder)
    with capsys.disabled():
        report(f"Nu HTML checker: {len(errors)} errors in {len(pages)} pages")
    named = [re.sub(r'.*/(\d+)\.html"?', lambda match: pages[int(match[1]) - 1], line) for line in errors]
    assert named == []
