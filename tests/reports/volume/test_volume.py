"""Here: the volume of a project with friendly and hostile files: pages, contents, bookmarks, package. Not here: the verifier."""

import io
import json
import shutil
import subprocess
import zipfile

import pikepdf
import pytest

from reports.volume.gather import gather, safe
from tests.reports.volume.conftest import BROKEN

pytestmark = pytest.mark.django_db


def inside(archive, name: str) -> bytes:
    with zipfile.ZipFile(archive) as package:
        return package.read(name)


def begins(pdf, items) -> dict[str, int]:
    """Bookmarks with their pages, counted from 1."""
    return {item.title: pdf.pages.index(pikepdf.Page(item.destination[0])) + 1 for item in items}


def test_bookmarks_contents_and_pages_agree(archive):
    with pikepdf.open(io.BytesIO(inside(archive, "volume.pdf"))) as pdf, pdf.open_outline() as outline:
        assert list(begins(pdf, outline.root)) == ["封面", "目录", "申报", "预审", "办理台账"]
        entries = outline.root[2].children
        assert list(begins(pdf, entries)) == ["项目预审申报表", "项目概算表", "申报材料清单"]
        files = begins(pdf, entries[2].children)
        plan = files["建设方案"]
        assert list(files.values()) == [plan - 1, plan, plan + 2, plan + 3, plan + 4, plan + 5]
        links = [each for page in pdf.pages for each in page.obj.get("/Annots", ())]
        aims = {pdf.pages.index(pikepdf.Page(each.Dest[0])) + 1 for each in links}
        assert aims >= set(files.values())


def test_nothing_active_comes_in_and_turned_pages_stay_turned(archive):
    with pikepdf.open(io.BytesIO(inside(archive, "volume.pdf"))) as pdf, pdf.open_outline() as outline:
        plan = begins(pdf, outline.root[2].children[2].children)["建设方案"]
        own, turned = pdf.pages[plan - 1].obj, pdf.pages[plan].obj
        assert (own.get("/Annots"), own.get("/Rotate", 0), turned.Rotate) == (None, 0, 90)
        assert not any("/A" in each for page in pdf.pages for each in page.obj.get("/Annots", ()))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_words_can_be_found(archive, tmp_path):
    (tmp_path / "volume.pdf").write_bytes(inside(archive, "volume.pdf"))
    text = subprocess.run(["pdftotext", tmp_path / "volume.pdf", "-"], capture_output=True, text=True, check=True).stdout
    pages = text.split("\f")
    assert "<b>智慧城管</b>平台" in pages[0]
    assert all(f"第 {at} 页 共 {len(pages) - 1} 页" in page for at, page in enumerate(pages[:-1], start=1) if at > 1)
    for words in ("仅原件", "此格式不并入卷内", "文件加了打开密码", "文件已损坏或不是规范的 PDF", "办理台账摘录", "YQ-2026-0001"):
        assert words in text, words


def test_the_package_holds_every_original_and_says_what_it_is(archive):
    with zipfile.ZipFile(archive) as package:
        names = package.namelist()
    assert "originals/01-申报/002-方案_总体.pdf" in names
    assert {name.rpartition("-")[2] for name in names} >= {"可行性分析.docx", "规划.pdf", "批示.pdf", "纪要.jpg"}
    assert inside(archive, next(name for name in names if name.endswith("规划.pdf"))) == BROKEN
    manifest = json.loads(inside(archive, "manifest.json"))
    assert {entry["path"] for entry in manifest["files"]} == set(names) - {"manifest.json"}
    assert {"volume.pdf", "ledger.json", "records.json", "说明.txt"} <= set(names)
    ledger = json.loads(inside(archive, "ledger.json"))
    assert manifest["ledger"] == {"length": 1, "head": ledger["passages"][-1]["hash"]}
    assert (manifest["missing"], manifest["lost"]) == ([], [])
    assert json.loads(inside(archive, "records.json"))["project"]["number"] == manifest["project"]["number"]


def test_a_file_that_was_changed_or_lost_in_the_store_is_named(filed):
    changed, lost = filed.attachments.order_by("pk")[:2]
    with changed.file.storage.open(changed.file.name, "ab") as file:
        file.write(b"more")
    lost.file.storage.delete(lost.file.name)
    kept = {each.attachment.pk: each for section in gather(filed) for entry in section.entries for each in entry.files}
    assert (kept[changed.pk].trouble, kept[changed.pk].lost) == ("文件内容与上传时登记的哈希不符", False)
    assert (kept[lost.pk].trouble, kept[lost.pk].lost) == ("文件已不在文件库中", True)


def test_names_unpack_everywhere():
    assert safe('..\\a/b:c*"<>|?\n.pdf') == "_a_b_c_______.pdf"
    assert (len(safe("方" * 200 + ".pdf")), safe("方" * 200 + ".pdf")[-4:]) == (80, ".pdf")


def test_what_was_taken_back_is_listed_with_its_reason(city):
    from projects.evidence import EVIDENCE, void

    project = city.project("filed")
    opinion = city.walker().record(project, "applicability_opinion", role="gov_office")[0]
    void(project.pk, "applicability_opinion", opinion.pk, actor=city.users["gov_office"], reason="登记有误")
    leaf = next(entry.leaf for section in gather(project, check=False) for entry in section.entries if entry.leaf.title == "作废的登记")
    label = EVIDENCE["applicability_opinion"].label
    assert leaf.blocks[0].rows == ((label, "2026-03-02", "市府办经办", "2026-03-02", "登记有误"),)
