"""Here: joining pages of many PDFs into one, with page numbers stamped, links and bookmarks. Not here: what stands on them."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from papers.binding.typeset import typeset

GOTO = "https://volume.invalid/"  # what links of our own pages begin with, the page counted from 1 behind it
EDGE, MARGIN, HEIGHT, GAP = 14.0, 4.0, 14.0, 1.2
WIDE, NARROW = 8.6, 4.7  # points: how far a Chinese character and a figure advance, as volume.css has it
GLYPHS = "第页共0123456789"


@dataclass(frozen=True)
class Piece:
    """Some pages of a PDF, counted from 0."""

    path: Path
    first: int
    count: int


@dataclass
class Mark:
    """A bookmark: its text, its page counted from 0, and those under it."""

    title: str
    page: int
    under: list["Mark"] = field(default_factory=list)


def bind(pieces: Sequence[Piece], marks: Iterable[Mark], target: Path, *, title: str, stamps: Path, unstamped: int = 1) -> int:
    """Write the pieces in their order to `target`; says how many pages. Memory follows the pages, not what is on them.

    Every page but the first `unstamped` carries its number in the upper right corner, as paper archives do; `stamps`
    is a file to draw the characters in.
    """
    import pikepdf

    joined = target.with_suffix(".joined")
    _join(pieces, joined)
    with pikepdf.open(joined) as pdf, ExitStack() as opened:
        total = len(pdf.pages)
        _link(pdf)
        glyphs = _glyphs(pdf, opened, stamps)
        for number in range(unstamped + 1, total + 1):
            _stamp(pdf.pages[number - 1], *_number(pdf, glyphs, f"第 {number} 页 共 {total} 页"))
        _outline(pdf, marks)
        _describe(pdf, title)
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    joined.unlink()
    return total


def _join(pieces: Sequence[Piece], target: Path) -> None:
    """All pages in one file, by qpdf itself: it copies what is on them from file to file and holds nothing."""
    import pikepdf

    chosen = [part for each in pieces for part in (str(each.path), f"{each.first + 1}-{each.first + each.count}")]
    pikepdf.Job(["bind", "--empty", "--pages", *chosen, "--", str(target)]).run()


def _glyphs(pdf, opened: ExitStack, target: Path) -> dict[str, Any]:
    """Every character of a stamp drawn once, to be used on all pages."""
    import pikepdf

    html = "".join(f'<div class="glyph {"narrow" if each.isdigit() else "wide"}">{each}</div>' for each in GLYPHS)
    typeset(html, target)
    drawn = opened.enter_context(pikepdf.open(target))
    return {each: pdf.copy_foreign(page.as_form_xobject()) for each, page in zip(GLYPHS, drawn.pages, strict=True)}


def _number(pdf, glyphs: dict[str, Any], text: str) -> tuple[Any, float]:
    """The words of a stamp on a white plate, as a form that pages can carry, and its width."""
    import pikepdf

    at, drawn, used = MARGIN, [], {}
    for each in text:
        if each in glyphs:
            name = f"G{GLYPHS.index(each)}"
            used[f"/{name}"] = glyphs[each]
            drawn.append(f"q 1 0 0 1 {at:.2f} 0 cm /{name} Do Q")
        at += GAP if each == " " else NARROW if each.isdigit() else WIDE
    width = at + MARGIN
    plate = f"q 1 g .5 G .4 w .2 .2 {width - 0.4:.2f} {HEIGHT - 0.4:.2f} re B Q"
    form = pikepdf.Stream(pdf, "\n".join([plate, *drawn]).encode())
    form.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, width, HEIGHT],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(used)),
    )  # fmt: skip
    return pdf.make_indirect(form), width


def _stamp(page, number, width: float) -> None:
    """Lay a number over the corner that is the upper right one when the page is looked at, however it is turned."""
    import pikepdf

    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    left, right, bottom, top = min(left, right), max(left, right), min(bottom, top), max(bottom, top)
    turned = int(page.obj.get("/Rotate", 0)) % 360
    corner = {
        0: (right - EDGE - width, top - EDGE - HEIGHT, right - EDGE, top - EDGE),
        90: (left + EDGE, top - EDGE - width, left + EDGE + HEIGHT, top - EDGE),
        180: (left + EDGE, bottom + EDGE, left + EDGE + width, bottom + EDGE + HEIGHT),
        270: (right - EDGE - HEIGHT, bottom + EDGE, right - EDGE, bottom + EDGE + width),
    }
    page.add_overlay(number, pikepdf.Rectangle(*corner.get(turned, corner[0])), shrink=True, expand=False)


def _link(pdf) -> None:
    """Turn the links of our own pages into jumps inside the volume."""
    import pikepdf

    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            address = str(annotation.get("/A", {}).get("/URI", ""))
            if address.startswith(GOTO):
                aim = pdf.pages[min(int(address.removeprefix(GOTO)), len(pdf.pages)) - 1]
                del annotation["/A"]
                annotation.Dest = pikepdf.Array([aim.obj, pikepdf.Name.Fit])


def _outline(pdf, marks: Iterable[Mark]) -> None:
    import pikepdf

    def item(mark: Mark):
        made = pikepdf.OutlineItem(mark.title, mark.page)
        made.children.extend(item(each) for each in mark.under)
        made.is_closed = bool(mark.under)
        return made

    with pdf.open_outline() as outline:
        outline.root.extend(item(mark) for mark in marks)
    pdf.Root.PageMode = pikepdf.Name.UseOutlines


def _describe(pdf, title: str) -> None:
    import pikepdf

    pdf.docinfo["/Title"] = title
    pdf.Root.Lang = pikepdf.String("zh-CN")
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
