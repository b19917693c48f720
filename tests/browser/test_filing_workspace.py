"""Here: the filing workspace in a real browser, with a script and without. Not here: what is saved (tests/projects)."""

import pytest
from playwright.sync_api import expect

from egov_projects.walk import SAMPLE_PDF
from projects.drafts import typed_of
from projects.filing import open_draft
from projects.models import EstimateLine, Project
from projects.states import State

SHEET = "名称\t规格\t数量\t单价(万元)\t金额(万元)\n政务云租用\t16核\t2\t18\t36\n等保测评\t三级\t1\t约8\t7.999999"
PASTE = """(text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const cell = document.querySelector("#table-estimate [data-column=name]");
    cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def begin(town) -> Project:
    return open_draft(actor=town.applicant, name="智慧停车平台", kind="新建", origin="年度申报")


def sections_of(project, code: str) -> str:
    return f"/projects/{project.number}/filing/{code}/"


def test_duties_follow_the_amount_and_what_is_typed_is_saved_and_resumed(town, enter):
    project = begin(town)
    clerk = enter("applicant")
    page = clerk.page
    page.goto(sections_of(project, "estimate"))
    duties, saved = page.locator("#duties"), page.locator("#saved")
    expect(duties).not_to_contain_text("达到 200 万元")
    page.locator("#id_declared_total").press_sequentially("2,000,000.00")
    expect(duties.locator(".new").first).to_contain_text("达到 200 万元,新增")
    expect(page.locator("#duty-news")).to_contain_text("达到 200 万元,新增")
    expect(saved).to_contain_text("已自动保存")
    assert str(Project.objects.get(pk=project.pk).declared_total) == "2000000.00"

    # What cannot be read is kept, said at the field, and there again on another day.
    page.fill("#id_declared_total", "1百万")
    expect(saved).to_contain_text("1 处还看不懂")
    expect(page.locator("#id_declared_total_error")).to_contain_text("不能写“万”")
    assert typed_of(project).typed == {"declared_total": ["1百万"]}
    again = enter("applicant").page
    again.goto(sections_of(project, "estimate"))
    expect(again.locator("#id_declared_total")).to_have_value("1百万")
    again.fill("#id_declared_total", "439999.99")
    expect(again.locator("#saved")).to_contain_text("已自动保存")

    # Rows from a spreadsheet, the cell that cannot be read, the difference to the fen.
    again.evaluate(PASTE, SHEET)
    expect(again.locator("#id_estimate-1-amount")).to_have_value("79,999.99")
    expect(again.locator("#id_estimate-1-unit_price")).to_have_value("约8")
    expect(again.locator("#table-estimate [data-sum]")).to_contain_text("合计 439,999.99 元 · 与申报概算一致")
    again.fill("#id_estimate-1-amount", "80,000.00")
    expect(again.locator("#table-estimate [data-sum]")).to_contain_text("相差 0.01 元")
    again.fill("#id_estimate-1-unit_price", "79,999.99")
    again.fill("#id_estimate-1-amount", "79,999.99")
    for row in (0, 1):
        again.select_option(f"#id_estimate-{row}-type", "其他")
    again.locator("#table-estimate").get_by_role("button", name="添加一行").click()
    again.locator("#table-estimate [data-drop]").last.click()
    again.locator("h2").first.click()
    expect(again.locator("#table-estimate .cell.wrong")).to_have_count(0)
    # Going on waits for what is typed.
    again.get_by_role("link", name="建设内容").click()
    again.wait_for_url("**/filing/content/")
    assert list(EstimateLine.objects.values_list("name", flat=True)) == ["政务云租用", "等保测评"]


def finish(person, project, town) -> None:
    """Everything of the example, section by section, then the documents."""
    person.record(project, "filing", batch=town.batch.pk, plan_year=town.batch.plan_year)
    for _ in range(12):
        person.page.goto(sections_of(project, "materials"))
        slot = person.page.locator(".slot.owed").first
        if not slot.count():
            return
        none = slot.get_by_role("button", name="无此件")
        code = slot.get_attribute("id")
        if none.count():
            none.click()
        else:
            slot.locator("input[type=file]").set_input_files(
                {"name": f"{code}.pdf", "mimeType": "application/pdf", "buffer": SAMPLE_PDF}
            )
            slot.get_by_role("button", name="提交").click()
        expect(person.page.locator(f"#{code}")).to_contain_text("第 1 版")
    raise AssertionError("documents are still owed")


@pytest.mark.parametrize("scripted", [True, False])
def test_a_draft_is_filled_rehearsed_reviewed_and_filed(town, enter, scripted):
    project = begin(town)
    clerk = enter("applicant", java_script_enabled=scripted)
    finish(clerk, project, town)
    clerk.page.goto(sections_of(project, "rehearsal"))
    expect(clerk.page.locator("main")).to_contain_text("没有会被拦截的事项")
    clerk.page.locator("main").get_by_role("link", name="核对并提交").last.click()
    expect(clerk.page.locator("main")).to_contain_text("年办件约十二万件")
    clerk.press("提交申报")
    expect(clerk.page.get_by_role("status").first).to_contain_text("项目现在是“已申报”")
    project.refresh_from_db()
    assert (project.state, project.estimate.count(), project.materials.count() > 5) == (State.FILED, 2, True)


def test_leaving_at_once_after_typing_loses_nothing(town, enter):
    project = begin(town)
    clerk = enter("applicant")
    clerk.page.goto(sections_of(project, "content"))
    clerk.page.locator("#id_objective").press_sequentially("刚写完就走")
    clerk.page.get_by_role("link", name="核对并提交").first.click()
    clerk.page.wait_for_url("**/filing/check/")
    expect(clerk.page.locator("main")).to_contain_text("刚写完就走")
    assert Project.objects.get(pk=project.pk).objective == "刚写完就走"


DROP = """([at, name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, {type: "application/pdf"}));
    document.querySelector(`${at} form`).dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def test_a_document_is_dropped_and_a_refused_one_is_said_at_its_place(town, enter):
    project = begin(town)
    page = enter("applicant").page
    page.goto(sections_of(project, "materials"))
    before = page.locator("[data-section=materials]").inner_text()
    page.evaluate(DROP, ["#construction_plan", "方案.exe", "MZ"])
    expect(page.locator("#construction_plan").get_by_role("alert")).to_contain_text("不接受“.exe”文件")
    page.evaluate(DROP, ["#construction_plan", "方案.pdf", SAMPLE_PDF.decode()])
    expect(page.locator("#construction_plan")).to_contain_text("第 1 版 · 定稿 · 方案.pdf")
    expect(page.locator("[data-section=materials]")).not_to_have_text(before)
    assert project.materials.get().attachment.name == "方案.pdf"


def test_the_workspace_fits_a_telephone(town, enter):
    project = begin(town)
    clerk = enter("applicant", viewport={"width": 390, "height": 844})
    wide = {}
    for code in ("basics", "estimate", "content", "sharing", "materials", "similar", "rehearsal", "check"):
        clerk.page.goto(sections_of(project, code))
        wide[code] = clerk.page.evaluate(OVERFLOW)
    assert wide == dict.fromkeys(wide, 0)
