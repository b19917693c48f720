"""Here: a return with two defects, answered point by point and filed again, in a real browser. Not here: the rules of rounds."""

import pytest
from playwright.sync_api import expect

from projects.models import Project
from projects.states import State
from reviews import corrections
from tests.browser.test_pages import OVERFLOW, UNLABELLED

DEFECTS = [
    {"clause": "YQ-1.2-5", "part": "objective", "content": "目标没有量化", "expected": "写明可核对的指标"},
    {"clause": "YQ-1.2-11", "part": "estimate", "content": "明细过于笼统", "expected": "按模块分列"},
]
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def returned(town, enter) -> Project:
    """The centre writes the letter in its form and sends the filing back."""
    project = town.project()
    centre = enter("centre")
    centre.page.goto(f"/projects/{project.number}/records/return_letter/")
    centre.fill({"text": "请一并答复。", "defects": DEFECTS})
    centre.press("保存")
    centre.page.goto(f"/projects/{project.number}/moves/return_filing/")
    centre.fill({"note": "请按告知书补正"})
    centre.press("退回补正")
    expect(centre.page.get_by_role("status")).to_contain_text("已办理")
    project.refresh_from_db()
    assert project.state == State.DRAFT
    return project


def answer(person, number: int, text: str) -> None:
    """Answer one point of the page."""
    point = person.page.locator("ol.points > li").nth(number - 1)
    point.get_by_label("答复", exact=False).first.fill(text)
    point.get_by_label("已修改申报内容或材料").check()
    point.get_by_role("button", name="保存答复").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_return_is_answered_point_by_point_and_filed_again(town, enter, returned, scripts):
    clerk = enter("applicant", java_script_enabled=scripts)
    clerk.page.goto(f"/projects/{returned.number}/")
    clerk.page.get_by_role("link", name="逐项答复").click()
    expect(clerk.page.get_by_role("heading", name="一次性告知书 · 第 1 轮")).to_be_visible()
    expect(clerk.page.locator("main")).to_contain_text("还有 2 项没有答复")

    answer(clerk, 1, "已写明网上办理率不低于 90%。")
    expect(clerk.page.locator("main")).to_contain_text("还有 1 项没有答复")
    clerk.page.goto(f"/projects/{returned.number}/moves/file/")
    clerk.press("提交申报")
    expect(clerk.page.get_by_role("alert")).to_contain_text("一次性告知书第 2 项还没有答复")

    clerk.page.goto(f"/projects/{returned.number}/corrections/")
    answer(clerk, 2, "已按三个模块分列。")
    clerk.page.get_by_role("link", name="再次报送").click()
    clerk.press("提交申报")
    returned.refresh_from_db()
    assert (returned.state, returned.versions.count()) == (State.FILED, 2)

    centre = enter("centre", java_script_enabled=scripts)
    centre.page.goto(f"/projects/{returned.number}/corrections/")
    expect(centre.page.locator("ol.points > li").first).to_contain_text("已写明网上办理率不低于 90%。")
    centre.page.locator("ol.points > li").nth(0).get_by_role("button", name="认可", exact=True).click()
    centre.page.locator("ol.points > li").nth(1).get_by_role("button", name="不认可").click()
    expect(centre.page.locator("main")).to_contain_text("不认可的,请写明理由。")
    second = centre.page.locator("ol.points > li").nth(1)
    second.get_by_label("理由(不认可时必填)").fill("仍缺数量")
    second.get_by_role("button", name="不认可").click()
    expect(centre.page.get_by_role("status")).to_contain_text("已登记认定")
    assert [point.state for point in corrections.open_round(returned).points] == ["已认可", "待答复"]


def test_the_pages_fit_a_telephone_and_name_their_fields(town, enter, returned):
    clerk = enter("applicant", viewport=NARROW)
    auditor = enter("audit", viewport=NARROW)
    found = {}
    for person, path in (
        (clerk, f"/projects/{returned.number}/corrections/"),
        (clerk, f"/projects/{returned.number}/versions/"),
        (auditor, f"/projects/{returned.number}/duplicates/"),
        (auditor, f"/projects/{returned.number}/tender/"),
        (auditor, "/waivers/"),
    ):
        person.page.goto(path)
        headings = person.page.locator("h1").count()
        found[path] = (person.page.evaluate(OVERFLOW), headings, person.page.evaluate(UNLABELLED))
    assert found == dict.fromkeys(found, (0, 1, []))
