"""Here: looking at a document inside the page in a browser, and without JavaScript. Not here: which files are shown (projects)."""

import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from playwright.sync_api import expect

from projects.materials import attach


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (30, 90, 160)).save(out, "PNG")
    return SimpleUploadedFile("机房照片.png", out.getvalue(), content_type="image/png")


def test_a_picture_opens_over_the_page_and_closes_again(town, enter):
    project = town.draft()
    attach(project.pk, "construction_plan", actor=town.applicant, upload=picture())
    for size in ((1440, 900), (390, 844)):
        page = enter("applicant", viewport={"width": size[0], "height": size[1]}).page
        page.goto(f"/projects/{project.number}/filing/materials/")
        link = page.get_by_role("link", name="预览 机房照片.png")
        link.click()
        dialog = page.get_by_role("dialog", name="机房照片.png")
        expect(dialog).to_be_visible()
        expect(dialog.locator("img")).to_have_js_property("naturalWidth", 640)
        box = dialog.bounding_box()
        assert box["width"] <= size[0] and box["height"] <= size[1] + 1
        dialog.get_by_role("button", name="关闭").click()
        expect(page.locator("dialog[open]")).to_have_count(0)
        expect(link).to_be_focused()


def test_without_javascript_it_opens_in_a_tab_of_its_own(town, enter):
    project = town.draft()
    attach(project.pk, "construction_plan", actor=town.applicant, upload=picture())
    page = enter("applicant", java_script_enabled=False).page
    page.goto(f"/projects/{project.number}/filing/materials/")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="预览 机房照片.png").click()
    expect(opened.value).to_have_url(re.compile("/preview/$"))
    expect(opened.value.get_by_role("img", name="机房照片.png")).to_be_visible()
