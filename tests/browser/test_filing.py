"""Here: a filing from the first click to the opinion, in a real browser. Not here: what the rules ask (scenarios)."""

from playwright.sync_api import expect

from egov_projects.walk import Walker
from organizations.models import Organization
from projects.models import Project
from projects.states import State


def open_draft(person, **fields) -> Project:
    """新建项目 and a complete filing form."""
    person.page.goto("/projects/")
    person.page.get_by_role("link", name="新建项目").first.click()
    person.fill({"name": "智慧停车平台", "kind": "新建", "origin": "年度申报"})
    person.press("建立草稿")
    project = Project.objects.get(name="智慧停车平台")
    person.record(project, "filing", **fields)
    return project


def test_a_project_is_filed_accepted_and_endorsed(town, enter):
    clerk = enter("applicant")
    project = open_draft(clerk, batch=town.batch.pk, plan_year=town.batch.plan_year)
    expect(clerk.page.get_by_role("heading", name="下一步:提交申报")).to_be_visible()

    # One refusal, with its clause and the way out of it.
    obstacle = clerk.page.locator("section[aria-labelledby=next] .verdicts li").filter(has_text="建设方案").first
    expect(obstacle).to_contain_text("乐政办发〔2015〕10号")
    expect(obstacle).to_contain_text("YQ-3.1-")
    assert "material:construction_plan" in clerk.mend(project)

    clerk.page.get_by_role("link", name="提交申报", exact=True).click()
    clerk.press("提交申报")
    expect(clerk.page.get_by_role("status")).to_contain_text("项目现在是“已申报”")

    centre = enter("centre")
    centre.page.get_by_role("link", name="智慧停车平台").first.click()
    project.refresh_from_db()
    done = centre.mend(project)
    assert {"filing_receipt", "preliminary_opinion"} <= set(done)
    centre.page.get_by_role("link", name="出具预审意见(同意)", exact=True).click()
    centre.press("出具预审意见(同意)")
    expect(centre.page.get_by_role("status")).to_contain_text("项目现在是“预审通过”")
    project.refresh_from_db()
    assert project.state == State.ENDORSED


def test_the_opinion_form_shows_principles_filing_and_batch(town, enter):
    project = town.project()
    centre = enter("centre")
    centre.page.goto(f"/projects/{project.number}/records/preliminary_opinion/")
    principles = centre.page.locator("details", has_text="审核原则")
    expect(principles.locator("li").first).to_be_visible()
    assert principles.locator("input, textarea, select").count() == 0
    expect(centre.page.locator("details", has_text="申报怎么说")).to_contain_text("申报概算 500,000.00 元")
    expect(centre.page.locator("details", has_text="同批申报(共 1 件)")).to_contain_text("市城市管理局")


def test_a_stale_page_moves_nothing_and_keeps_the_note(town, enter):
    project = town.project()
    clerk = enter("applicant")
    clerk.page.goto(f"/projects/{project.number}/moves/withdraw/")
    clerk.fill({"note": "经费另有安排,不再申报"})
    Walker(town.users).walk_to(Project.objects.get(pk=project.pk), State.ENDORSED)
    with clerk.page.expect_response(lambda response: response.request.method == "POST") as answer:
        clerk.press("撤回项目")
    assert answer.value.status == 409
    expect(clerk.page.get_by_role("alert")).to_contain_text("项目状态已经变化")
    expect(clerk.page.locator("main")).to_contain_text("经费另有安排,不再申报")
    assert Project.objects.get(pk=project.pk).state == State.ENDORSED


def test_a_draft_is_filed_without_javascript(town, enter):
    clerk = enter("applicant", java_script_enabled=False)
    project = open_draft(clerk, batch=town.batch.pk, plan_year=town.batch.plan_year)
    clerk.mend(project)
    clerk.page.get_by_role("link", name="提交申报", exact=True).click()
    clerk.press("提交申报")
    project.refresh_from_db()
    assert (project.state, project.estimate.count()) == (State.FILED, 2)


def test_a_session_that_ended_leaves_nothing_half_done(town, enter):
    project = town.draft()
    clerk = enter("applicant")
    clerk.page.goto(f"/projects/{project.number}/filing/content/")
    clerk.page.context.clear_cookies(name="sessionid")
    clerk.fill({"objective": "没有登录时写的"})
    clerk.press("保存并继续")
    expect(clerk.page.get_by_role("heading", name="登录")).to_be_visible()
    assert Project.objects.get(pk=project.pk).objective == "业务全程网上办理,群众少跑腿。"
    assert Organization.objects.get(pk=town.unit.pk).project_set.count() == 1
