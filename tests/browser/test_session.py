"""Here: a session that ends takes nothing that was typed with it; names after an @. Not here: keeping it (test_keeping.py)."""

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from projects.models import Project


def sign_in_again(person, name: str) -> None:
    """On the page that the browser was led to."""
    person.page.fill("[name=username]", name)
    person.page.fill("[name=password]", "x")
    person.press("登录")


def test_what_was_typed_is_back_after_signing_in_again(town, enter):
    clerk = enter("applicant")
    clerk.page.goto("/projects/new/")
    clerk.fill({"name": "打了半天字的平台", "kind": "扩建"})
    Session.objects.all().delete()
    clerk.press("建立草稿")
    expect(clerk.page.get_by_role("heading", name="登录")).to_be_visible()
    sign_in_again(clerk, "applicant")
    expect(clerk.page.locator("[name=name]")).to_have_value("打了半天字的平台")
    expect(clerk.page.locator("[name=kind]")).to_have_value("扩建")
    expect(clerk.page.locator("#kept")).to_contain_text("请核对后重新保存")
    assert not Project.objects.exists()
    clerk.press("建立草稿")
    clerk.page.wait_for_url("**/projects/YQ-**")
    assert Project.objects.get().name == "打了半天字的平台"


def test_ticked_boxes_and_choices_come_back_too(town, enter):
    project = town.project()
    centre = enter("centre")
    centre.page.goto(f"/projects/{project.number}/consult/")
    centre.page.fill("[name=question]", "资金是否落实?")
    for name in ("市财政局", "市发改局"):
        centre.page.get_by_label(name, exact=True).check()
    centre.page.get_by_label("或签(一人同意即可)").check()
    Session.objects.all().delete()
    centre.press("发出加签")
    sign_in_again(centre, "centre")
    expect(centre.page.locator("[name=question]")).to_have_value("资金是否落实?")
    assert centre.page.locator("[name=to]:checked").count() == 2
    expect(centre.page.get_by_label("或签(一人同意即可)")).to_be_checked()


def test_a_remark_returns_to_the_page_it_was_written_on(town, enter):
    project = town.project()
    clerk = enter("applicant")
    clerk.page.goto(f"/projects/{project.number}/")
    clerk.page.fill("#comment-text", "材料下午补齐")
    Session.objects.all().delete()
    clerk.press("发表")
    sign_in_again(clerk, "applicant")
    expect(clerk.page.locator("#comment-text")).to_have_value("材料下午补齐")
    clerk.press("发表")
    expect(clerk.page.locator("#comments")).to_contain_text("材料下午补齐")
    assert project.comments.get().text == "材料下午补齐"


def test_without_javascript_it_can_be_copied(town, enter):
    clerk = enter("applicant", java_script_enabled=False)
    clerk.page.goto("/projects/new/")
    clerk.fill({"name": "打了半天字的平台"})
    Session.objects.all().delete()
    clerk.press("建立草稿")
    sign_in_again(clerk, "applicant")
    clerk.page.get_by_text("查看刚才填写的内容").click()
    expect(clerk.page.locator("#kept")).to_contain_text("打了半天字的平台")


def test_a_warning_comes_before_the_end_and_goes_away(town, enter):
    clerk = enter("applicant")
    clerk.page.goto("/projects/")
    expect(clerk.page.locator("#idle")).to_be_hidden()
    clerk.page.clock.install()
    clerk.page.goto("/projects/")
    clerk.page.clock.fast_forward("28:00")
    expect(clerk.page.locator("#idle")).to_be_visible()
    clerk.page.get_by_role("button", name="继续使用").click()
    expect(clerk.page.locator("#idle")).to_be_hidden()


def test_names_are_offered_after_an_at_sign(town, enter):
    project = town.project()
    clerk = enter("applicant")
    clerk.page.goto(f"/projects/{project.number}/")
    clerk.page.locator("#comment-text").press_sequentially("请@财政")
    clerk.page.get_by_role("button", name="@市财政局经办").click()
    expect(clerk.page.locator("#comment-text")).to_have_value("请@市财政局经办 ")
    clerk.press("发表")
    expect(clerk.page.locator("#comments")).to_contain_text("已提醒 市财政局经办")
