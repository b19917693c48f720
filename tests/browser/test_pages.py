"""Here: what every page keeps to: one heading, labelled fields, no overflow on a telephone. Not here: walks (test_filing.py)."""

import pytest

QUESTION = "/whatif/?pack=yueqing-2015&kind=新建&investment=2000000.00"
UNLABELLED = """() => [...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')]
    .filter(each => !each.labels.length && !each.getAttribute('aria-label') && !each.closest('fieldset > label'))
    .map(each => each.name)"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = [
    "/", "/inbox/done/", "/inbox/mine/", "/inbox/notices/", "/search/", "/search/?q=平台",
    "/projects/", "/projects/new/", "/batches/", "/deadlines/", "/deadlines/statistics/", "/deadlines/reports/", "/profile/calendar/",
    "/supervision/", "/plan/", "/results/", "/parameters/", "/profile/", "/unit/", "/delegations/", "/password/",
    "/packs/yueqing-2015/", QUESTION,
]  # fmt: skip
OF_A_PROJECT = ["", "deadlines/", "hand/", "consult/", "copy/",
                "ledger/", "materials/", "waivers/", "parameters/", "moves/endorse/", "records/preliminary_opinion/",
                "records/return_letter/"]  # fmt: skip


def faults(person, path: str) -> list[str]:
    """What is wrong with a page."""
    person.page.goto(path)
    headings = person.page.locator("h1").count()
    unlabelled = person.page.evaluate(UNLABELLED)
    found = [f"{path}: {headings} h1"] if headings != 1 else []
    return found + ([f"{path}: no label for {', '.join(unlabelled)}"] if unlabelled else [])


def test_every_page_has_one_heading_and_labelled_fields(town, enter):
    project = town.project()
    draft = town.draft(name="另一平台")
    centre, clerk = enter("centre"), enter("applicant")
    found = [fault for path in PAGES for fault in faults(centre, path)]
    found += [fault for path in OF_A_PROJECT for fault in faults(centre, f"/projects/{project.number}/{path}")]
    found += [
        fault
        for path in ("records/filing/", "materials/")
        for fault in faults(clerk, f"/projects/{draft.number}/{path}")
    ]
    assert found == []


@pytest.mark.parametrize("path", [QUESTION, "/whatif/", "/login/", "/packs/yueqing-2015/"])
def test_open_pages_fit_a_telephone(town, enter, path):
    visitor = enter(viewport={"width": 390, "height": 844})
    visitor.page.goto(path)
    assert visitor.page.evaluate(OVERFLOW) == 0


def test_the_office_pages_fit_a_telephone(town, enter):
    project = town.project()
    centre = enter("centre", viewport={"width": 390, "height": 844})
    wide = {}
    for path in [
        "/",
        "/projects/",
        f"/projects/{project.number}/",
        f"/projects/{project.number}/records/preliminary_opinion/",
    ]:
        centre.page.goto(path)
        wide[path] = centre.page.evaluate(OVERFLOW)
    assert wide == dict.fromkeys(wide, 0)
