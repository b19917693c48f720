"""Here: a paper as a Word file with the same words in the same order, the same bytes each time. Not here: what it says.

Fonts are named as offices have them (仿宋_GB2312, 方正小标宋简体); Word and WPS put their own in where they lack one.
"""

import zipfile
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import Any

from papers.content import Content
from papers.layout import Part, parts, width_of
from papers.markup import MARK_SIZE, MARK_WIDTH
from papers.titles import title_lines

FANG, KAI, HEI, SONG, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
RED = "D7000F"
BODY, HEAD, SMALL, TABLE = 16, 22, 14, 12  # 三号, 二号, 四号, 小四, in points
LINE = 28.99  # points: 225 mm in 22 lines
EM = 15.79  # points: 156 mm in 28 characters
CLOSER = "-5"  # twentieths of a point by which 三号 is set closer, so that 28 characters stand in a line
AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang")
# style: face, size, bold, indent of the first line in characters, alignment, space before in lines
STYLES: dict[str, tuple[str, float, bool, float, str, float]] = {
    "number": (FANG, BODY, False, 0, "center", 2),
    "number-left": (FANG, BODY, False, 1, "left", 2),
    "to": (FANG, BODY, False, 0, "left", 0),
    "h1": (HEI, BODY, False, 2, "left", 0),
    "h2": (KAI, BODY, False, 2, "left", 0),
    "h3": (FANG, BODY, False, 2, "left", 0),
    "attached": (FANG, BODY, False, 2, "left", 1),
    "attached-more": (FANG, BODY, False, 5, "left", 0),
    "annex": (HEI, BODY, False, 0, "left", 0),
}
HANGING = {"attached": (6, -4), "attached-more": (6, -1)}  # characters: left edge, and the first line against it
PLAIN = (FANG, BODY, False, 2, "both", 0)


def render(content: Content, number: str = "") -> bytes:
    """The Word file of a paper."""
    import docx

    document = docx.Document()
    _set_up(document, content)
    found = parts(content, number)
    imprint = [part for part in found if part.style in ("copies", "printer", "printed")]
    for part in found:
        if part in imprint:
            continue
        _add(document, part, found)
    if imprint:
        _imprint(document, imprint)
    _describe(document, content)
    out = BytesIO()
    document.save(out)
    return _same_bytes(out.getvalue(), content.on)


def _add(document: Any, part: Part, found: list[Part]) -> None:
    if part.style == "rule":
        _border(document.paragraphs[-1], "bottom", 20, RED)
    elif part.style == "mark":
        size = min(MARK_SIZE, MARK_WIDTH / max(width_of(part.text), 1))
        paragraph = _paragraph(document, (TITLE, size, True, 0, "center", 0), part.text, colour=RED)
        paragraph.paragraph_format.space_before = _points(35 * 72 / 25.4)
        paragraph.paragraph_format.line_spacing = None
    elif part.style == "approver":
        _beside(document, part.text)
    elif part.style in ("title", "annex-title"):
        _title(document, part)
    elif part.style in ("table", "fields", "signatures"):
        _table(document, part)
    elif part.style in ("signer", "date"):
        _sign(document, part, found)
    else:
        paragraph = _paragraph(document, STYLES.get(part.style, PLAIN), part.text)
        paragraph.paragraph_format.page_break_before = part.style == "annex"
        if part.style in HANGING:
            left, first = HANGING[part.style]
            paragraph.paragraph_format.left_indent = _points(left * EM)
            paragraph.paragraph_format.first_line_indent = _points(first * EM)
        if part.style in ("h1", "h2", "h3"):
            _outline(paragraph, {"h1": 1, "h2": 2, "h3": 3}[part.style])


def _beside(document: Any, text: str) -> None:
    """签发人 at the right end of the line that the number begins."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    paragraph = document.paragraphs[-1]
    paragraph.paragraph_format.tab_stops.add_tab_stop(_points(27 * EM), WD_TAB_ALIGNMENT.RIGHT)
    _face(paragraph.add_run("\t" + text), FANG, BODY)


def _title(document: Any, part: Part) -> None:
    paragraph = _paragraph(document, (TITLE, HEAD, True, 0, "center", 2 if part.style == "title" else 1), "")
    for at, line in enumerate(title_lines(part.text)):
        run = paragraph.add_run()
        if at:
            run.add_break()
        run.add_text(line)
        _face(run, TITLE, HEAD, bold=True)
    paragraph.paragraph_format.space_after = _points(LINE)
    paragraph.paragraph_format.line_spacing = _points(LINE * 1.2)
    _outline(paragraph, 0)


def _sign(document: Any, part: Part, found: list[Part]) -> None:
    """署名 centred over 成文日期, as in the PDF: both are set to the right with what their widths leave."""
    widths = {each.style: width_of(each.text) for each in found if each.style in ("signer", "date")}
    longest, day = max(widths.values()), widths.get("date", max(widths.values()))
    edge = max(0.0, 4 - (longest - day) / 2)
    space = edge + (longest - widths[part.style]) / 2
    paragraph = _paragraph(document, (FANG, BODY, False, 0, "right", 2 if part.style == "signer" else 0), part.text)
    paragraph.paragraph_format.right_indent = _points(space * EM)
    paragraph.paragraph_format.keep_with_next = part.style == "signer"


def _table(document: Any, part: Part) -> None:
    if part.text:
        _paragraph(document, (HEI, SMALL, False, 0, "center", 0), part.text)
    rows = ([part.columns] if part.columns else []) + list(part.rows)
    width = sum(_printed_width(document))
    table = document.add_table(rows=len(rows), cols=len(part.widths), style="Table Grid")
    table.autofit = False
    shares = [width * each / sum(part.widths) for each in part.widths]
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(share)
    for at, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        head = bool(part.columns) and at == 0
        _row_rules(row, head=head, tall=part.style == "signatures")
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = int(shares[place])
            side = "center" if head or place in part.labels or part.style == "signatures" else "left"
            _cell(cell, text, HEI if head or place in part.labels else FANG, "right" if place in part.figures and not head else side)
    _paragraph(document, (FANG, 6, False, 0, "left", 0), "").paragraph_format.line_spacing = _points(8)


def _cell(cell: Any, text: str, face: str, side: str) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL

    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    for at, line in enumerate(text.splitlines() or [""]):
        run = paragraph.add_run()
        if at:
            run.add_break()
        run.add_text(line)
        _face(run, face, TABLE)
    _align(paragraph, side)
    paragraph._p.get_or_add_pPr().insert_element_before(_element("w:snapToGrid", val="0"), "w:spacing", "w:ind", "w:jc")
    paragraph.paragraph_format.line_spacing = _points(18.5)


def _row_rules(row: Any, *, head: bool, tall: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if head:
        properties.append(_element("w:tblHeader"))
    if tall and not head:
        row.height = _points(31)


def _imprint(document: Any, members: list[Part]) -> None:
    """版记: a table of its own that floats at the foot of the last page."""
    copies = [part for part in members if part.style == "copies"]
    printed = [part for part in members if part.style != "copies"]
    table = document.add_table(rows=len(copies) + 1, cols=2)
    width = sum(_printed_width(document))
    for row, part in zip(table.rows, copies, strict=False):
        merged = row.cells[0].merge(row.cells[1])
        _cell(merged, part.text, FANG, "left")
        _rules(merged, top=6 if row is table.rows[0] else 4, bottom=4)
    for cell, part, side in zip(table.rows[-1].cells, printed, ("left", "right"), strict=True):
        cell.width = int(width / 2)
        _cell(cell, part.text, FANG, side)
        _rules(cell, top=4 if copies else 6, bottom=6)
    for paragraph in (paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs):
        paragraph.paragraph_format.keep_with_next = True  # it stands on one page, wherever the program puts it
        for run in paragraph.runs:
            _face(run, FANG, SMALL)
    for row in table.rows:
        _row_rules(row, head=False, tall=False)
    place = _element(
        "w:tblpPr", horzAnchor="margin", vertAnchor="margin", tblpXSpec="left", tblpYSpec="bottom", leftFromText="0",
        rightFromText="0",
    )  # fmt: skip
    table._tbl.tblPr.insert(0 if table._tbl.tblPr.find(_name("w:tblStyle")) is None else 1, place)
    _paragraph(document, (FANG, 1, False, 0, "left", 0), "").paragraph_format.line_spacing = _points(1)


def _set_up(document: Any, content: Content) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    sizes = (Mm(297), Mm(210)) if content.landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = sizes
    section.orientation = WD_ORIENT.LANDSCAPE if content.landscape else WD_ORIENT.PORTRAIT
    edges = (28, 37, 26, 35) if content.landscape else (37, 26, 35, 28)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, edges)
    section.footer_distance = Mm(22)
    document.settings.odd_and_even_pages_header_footer = True
    grid = section._sectPr.find(_name("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)
    section._sectPr.append(_element("w:docGrid", type="lines", linePitch="580"))
    _face(document.styles["Normal"], FANG, BODY)
    _page_number(section.footer.paragraphs[0], "right")
    _page_number(section.even_page_footer.paragraphs[0], "left")


def _page_number(paragraph: Any, side: str) -> None:
    for text, kind in (("— ", ""), ("", "begin"), ("PAGE", "instr"), ("", "end"), (" —", "")):
        run = paragraph.add_run()
        if kind in ("begin", "end"):
            run._r.append(_element("w:fldChar", fldCharType=kind))
        elif kind:
            code = _element("w:instrText")
            code.text = text
            run._r.append(code)
        else:
            run.add_text(text)
        _face(run, SONG, SMALL)
    _align(paragraph, side)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = _points(14)


def _paragraph(document: Any, style: tuple, text: str, *, colour: str = "") -> Any:
    face, size, bold, indent, side, before = style
    paragraph = document.add_paragraph()
    if text:
        _face(paragraph.add_run(text), face, size, bold=bold, colour=colour)
    form = paragraph.paragraph_format
    form.space_before, form.space_after = _points(before * LINE), _points(0)
    form.line_spacing = _points(LINE)
    form.first_line_indent = _points(indent * EM) if indent else None
    _align(paragraph, side)
    return paragraph


def _face(target: Any, face: str, size: float, *, bold: bool = False, colour: str = "") -> None:
    from docx.shared import Pt, RGBColor

    target.font.name = "Times New Roman"
    target.font.size, target.font.bold = Pt(round(size * 2) / 2), bold
    if colour:
        target.font.color.rgb = RGBColor.from_string(colour)
    element = target._r if hasattr(target, "_r") else target.element
    properties = element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(_name("w:eastAsia"), face)
    if size == BODY:
        properties.insert_element_before(_element("w:spacing", val=CLOSER), *AFTER_SPACING)


def _align(paragraph: Any, side: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE

    paragraph.alignment = {"left": SIDE.LEFT, "right": SIDE.RIGHT, "center": SIDE.CENTER, "both": SIDE.JUSTIFY}[side]


def _outline(paragraph: Any, level: int) -> None:
    paragraph._p.get_or_add_pPr().append(_element("w:outlineLvl", val=str(level)))
    paragraph.paragraph_format.keep_with_next = True


def _border(paragraph: Any, edge: str, size: int, colour: str) -> None:
    borders = _element("w:pBdr")
    borders.append(_element(f"w:{edge}", val="single", sz=str(size), space="6", color=colour))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _rules(cell: Any, *, top: int, bottom: int) -> None:
    borders = _element("w:tcBorders")
    for edge, size in (("top", top), ("bottom", bottom)):
        borders.append(_element(f"w:{edge}", val="single", sz=str(size), space="0", color="000000"))
    cell._tc.get_or_add_tcPr().append(borders)


def _printed_width(document: Any) -> tuple[int, ...]:
    section = document.sections[0]
    return (section.page_width, -section.left_margin, -section.right_margin)


def _describe(document: Any, content: Content) -> None:
    about = document.core_properties
    about.title, about.author, about.language, about.last_modified_by = content.title[:255], content.signer[:255], "zh-CN", ""
    moment = datetime.combine(content.on or date(1980, 1, 1), datetime.min.time(), UTC)
    about.created = about.modified = moment
    about.revision = 1


def _same_bytes(data: bytes, on: date | None) -> bytes:
    """The same archive with the day of the paper as the time of every part."""
    day = on or date(1980, 1, 1)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(name))
    return out.getvalue()


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(_name(f"w:{name}"), value)
    return element


@cache
def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return qn(tag)


def _points(number: float) -> Any:
    from docx.shared import Pt

    return Pt(number)
