"""Here: the centre works off its queue in a browser: keyboard, bulk handling with a verdict per row, the opinion beside."""

import re

from playwright.sync_api import expect

from reviews.models import FilingReceipt, PreliminaryOpinion
from tests.browser.test_pages import OVERFLOW, faults

NAMES = ("门户网站", "云桌面", "视频会议")


def test_the_queue_by_keyboard_and_by_button(town, enter):
    for name in NAMES:
        town.project(name=name)
    page = enter("centre").page
    page.goto("/review/")
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(rows.nth(0).locator("input[type=checkbox]")).to_be_checked()
    expect(page.locator("[data-chosen]")).to_have_text("已选 1 件")
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_be_visible()
    page.get_by_role("button", name="下一行").click()
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    page.fill("[name=q]", "jx")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    rows.nth(1).locator("[data-open]").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/review/[^/]+/\?queue=1$"))
    page.get_by_role("link", name="下一件").first.click()
    expect(page).to_have_url(re.compile(r"\?queue=2$"))
    expect(page.locator("h1")).to_have_text(NAMES[2])


def test_shortcuts_can_be_switched_off(town, enter):
    town.project()
    page = enter("centre").page
    page.goto("/review/")
    page.keyboard.press("?")
    page.get_by_label("使用快捷键").uncheck()
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("[data-row][aria-current]")).to_have_count(0)


def test_many_at_once_with_a_verdict_for_each(town, enter):
    ready, waiting = town.project(name=NAMES[0]), town.project(name=NAMES[1])
    town.walker().prepare(ready, "endorse")
    centre = enter("centre")
    page = centre.page
    page.goto("/review/")
    page.get_by_label("选中本页全部").check()
    page.get_by_label("批量办理选中的项目").select_option("endorse")
    centre.press("预览")
    expect(page.locator("main")).to_contain_text("1 件可办,1 件不能办")
    expect(page.locator("tr", has_text=NAMES[1])).to_contain_text("本次申报尚未登记受理")
    expect(page.locator("tr", has_text=NAMES[1])).to_contain_text("YQ-3.2-3")
    centre.press("办理可办的 1 件")
    expect(page.locator("h1")).to_have_text("1 件已办,1 件未办")
    for project, state in ((ready, "endorsed"), (waiting, "filed")):
        project.refresh_from_db()
        assert project.state == state


def test_the_opinion_is_written_beside_the_filing(town, enter):
    project = town.project(name=NAMES[0])
    centre = enter("centre")
    page = centre.page
    page.goto(f"/review/{project.number}/?queue=0")
    centre.press("受理")
    expect(page.locator("main")).to_contain_text("已登记:受理。")
    for place in range(11):
        page.locator(f"[name=checklist-{place}-conclusion][value=符合]").check()
        page.fill(f"[name=checklist-{place}-remark]", "经核对,")
    for place, basis in ((0, "温州市规划"), (8, "国家标准"), (9, "等级保护要求")):
        page.fill(f"[name=checklist-{place}-basis]", basis)
    page.locator("[id=phrase-checklist-3-remark]").select_option("目标清楚,业务需求写得充分。")
    page.get_by_role("button", name="2b 插入语句").click()
    expect(page.locator("#remark-2b")).to_have_value("经核对,目标清楚,业务需求写得充分。")
    centre.fill({"opinion": "同意", "text": "同意。", "signer": "王主任", "results_read": True})
    centre.press("保存预审意见")
    expect(page.locator("main")).to_contain_text("预审意见已登记。")
    assert FilingReceipt.objects.count() == 1
    assert PreliminaryOpinion.objects.get().checklist.get(item="2b").remark == "经核对,目标清楚,业务需求写得充分。"


def test_the_pages_have_labels_and_fit_a_telephone(town, enter):
    project = town.project()
    centre = enter("centre", viewport={"width": 390, "height": 844})
    found, wide = [], {}
    for path in ("/review/", "/review/phrases/", f"/review/{project.number}/?queue=0"):
        found += faults(centre, path)
        wide[path] = centre.page.evaluate(OVERFLOW)
    assert found == []
    assert wide == dict.fromkeys(wide, 0)
