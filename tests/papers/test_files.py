"""Here: papers as PDF and Word files: the same words, the form of the standard, the same bytes. Not here: issuing."""

import os
import re
import subprocess
import sys
from io import BytesIO

import pikepdf
import pytest

from papers import docx, fonts, pdf
from papers.examples import RARE, SENTENCE, form, full, hostile, short
from papers.layout import parts
from papers.reading import without_repeated_heads, words_of, words_of_docx, words_of_pdf
from papers.structure import faults

NUMBER = "中电政〔2026〕3号"
MM = 72 / 25.4


@pytest.fixture(scope="module")
def drawn():
    """One complex paper, a hostile one and a form, drawn once for all tests of this file."""
    return {make.__name__: (make(), pdf.render(make(), NUMBER)) for make in (full, hostile, form)}


@pytest.mark.parametrize("name", ["full", "hostile", "form"])
def test_both_files_say_the_same(drawn, name):
    content, made = drawn[name]
    found = parts(content, NUMBER)
    wanted = without_repeated_heads(words_of(found), found)
    assert without_repeated_heads(words_of_pdf(made.data), found) == wanted
    assert without_repeated_heads(words_of_docx(docx.render(content, NUMBER)), found) == wanted


@pytest.mark.parametrize("name", ["full", "hostile", "form"])
def test_the_pdf_can_be_read_aloud(drawn, name):
    assert faults(drawn[name][1].data) == []


def test_the_same_content_is_the_same_bytes(drawn):
    assert pdf.render(form(), NUMBER).data == drawn["form"][1].data
    assert docx.render(full(), NUMBER) == docx.render(full(), NUMBER)


def test_the_faces_of_the_standard_are_embedded_and_nothing_is_missing(drawn):
    with pikepdf.open(BytesIO(drawn["full"][1].data)) as made:
        used = {str(font.BaseFont).partition("+")[2] for page in made.pages for font in page.Resources.Font.values()}
    named = {family.replace(" ", "-") for family in fonts.files()}
    assert named, "scripts/setup.sh puts the faces into var/fonts"
    assert {"Paper-Fang", "Paper-Kai", "Paper-Hei", "Paper-Song"} <= {name for name in used if name in named}
    assert drawn["full"][1].missing == ""
    assert drawn["full"][1].pages % 2 == 0  # the imprint stands on the back of the last sheet


def test_a_page_holds_22_lines_of_28_characters():
    from dataclasses import replace

    from papers.content import Para

    content = replace(form(), blocks=(Para("测" * 28 * 60),), title="题")
    lines = _lines(pdf.render(content).data, page=2)
    assert len(lines) == 22
    assert {len(text) for *_, text in lines} == {28}
    left, right = lines[0][0], lines[0][2]
    assert (round(left / MM), round((right - left) / MM)) == (28, 156)
    assert 37 * MM <= lines[0][1] < 37 * MM + 7 and lines[-1][3] <= (297 - 35) * MM


def _lines(data: bytes, page: int) -> list[tuple[float, float, float, float, str]]:
    """The lines of body text on a page as (left, top, right, bottom, words); the page number is left out."""
    command = ["pdftotext", "-bbox-layout", "-f", str(page), "-l", str(page), "-", "-"]
    found = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    lines = []
    for box in re.findall(r"<line (.*?)>(.*?)</line>", found, re.DOTALL):
        edges = [float(number) for number in re.findall(r'="([\d.]+)"', box[0])]
        lines.append((*edges, "".join(re.findall(r">([^<]+)</word>", box[1]))))
    return [line for line in lines if "—" not in line[4]]


def test_hostile_words_are_only_words(drawn):
    with pikepdf.open(BytesIO(drawn["hostile"][1].data)) as made:
        assert [len(page.get_images()) for page in made.pages] == [0] * len(made.pages)
        assert str(made.docinfo["/Title"]) == hostile().title
    assert RARE in words_of_pdf(drawn["hostile"][1].data)


def test_only_faces_are_ever_fetched():
    fetcher = pdf._kit().fetcher
    for url in ("file:///etc/passwd", "http://127.0.0.1/", "data:text/plain,x", "ftp://127.0.0.1/x"):
        with pytest.raises(ValueError, match="not one of our own files"):
            fetcher.fetch(url)


def test_no_copies_of_the_faces_are_left_behind(drawn):
    assert pdf._kit().font_config._folder is None


def test_a_machine_without_chinese_faces_says_so(tmp_path):
    latin = tmp_path / "fonts.conf"
    latin.write_text("<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir></fontconfig>")
    script = f"""
from pathlib import Path
from django.conf import settings
settings.configure(BASE_DIR=Path({str(tmp_path)!r}))
from papers import docx, pdf
from papers.examples import short
try:
    pdf.render(short())
except pdf.NoPdf as reason:
    print(reason, len(docx.render(short())) > 1000)
"""
    environment = os.environ | {"FONTCONFIG_FILE": str(latin)}
    said = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.startswith("这台机器缺少中文字体")
    assert said.stdout.rstrip().endswith("True")


def test_the_word_file_has_the_page_and_faces_of_the_standard():
    import docx as library

    document = library.Document(BytesIO(docx.render(short(), NUMBER)))
    section = document.sections[0]
    edges = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(edge.mm) for edge in edges] == [37, 26, 35, 28]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert document.settings.odd_and_even_pages_header_footer is True
    assert section.footer.paragraphs[0].text == section.even_page_footer.paragraphs[0].text == "—  —"
    body = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(SENTENCE[:20]))
    assert 'w:eastAsia="仿宋_GB2312"' in body.runs[0]._r.xml
    assert (document.core_properties.title, document.core_properties.author) == (short().title, short().signer)
