"""Here: joining pages of many PDFs into one, with page numbers stamped, links and bookmarks. Not here: what stands on them."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from papers.binding.typeset import typeset

GOTO = "https://volume.invalid/"  # what links of our own pages begin with, the page counted from 1 behind it
STAMP = (130.4, 19.9)  # 46 mm × 7 mm, as volume.css has it
EDGE = 14.0


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


def bind(
    pieces: Sequence[Piece], marks: Iterable[Mark], target: Path, *, title: str,
    stamps: Path, unstamped: int = 1, tell: Callable[[int], None] = lambda done: None,
) -> int:  # fmt: skip
    """Write the pieces in their order to `target`; says how many pages. Memory follows the pages, not what is on them.

    Every page but the first `unstamped` carries its number in the upper right corner, as paper archives do; `stamps`
    is a file to draw them in. `tell` hears how many pieces are in.
    """
    import pikepdf

    with pikepdf.Pdf.new() as pdf, ExitStack() as opened:
        sources: dict[Path, Any] = {}
        for done, piece in enumerate(pieces, start=1):
            if piece.path not in sources:
                sources[piece.path] = opened.enter_context(pikepdf.open(piece.path))
            pdf.pages.extend(sources[piece.path].pages[piece.first : piece.first + piece.count])
            tell(done)
        total = len(pdf.pages)
        _link(pdf)
        if total > unstamped:
            numbers = opened.enter_context(_numbers(range(unstamped + 1, total + 1), total, stamps))
            for at, number in zip(range(unstamped, total), numbers.pages, strict=True):
                _stamp(pdf.pages[at], number)
        _outline(pdf, marks)
        _describe(pdf, title)
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return total


def _numbers(wanted: Iterable[int], total: int, target: Path):
    """A small page for every number."""
    import pikepdf

    html = "".join(f'<div class="stamp"><span>第 {number} 页 共 {total} 页</span></div>' for number in wanted)
    typeset(html, target)
    return pikepdf.open(target)


def _stamp(page, number) -> None:
    """Lay a number over the corner that is the upper right one when the page is looked at, however it is turned."""
    import pikepdf

    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    left, right, bottom, top = min(left, right), max(left, right), min(bottom, top), max(bottom, top)
    width, height = STAMP
    turned = int(page.obj.get("/Rotate", 0)) % 360
    corner = {
        0: (right - EDGE - width, top - EDGE - height, right - EDGE, top - EDGE),
        90: (left + EDGE, top - EDGE - width, left + EDGE + height, top - EDGE),
        180: (left + EDGE, bottom + EDGE, left + EDGE + width, bottom + EDGE + height),
        270: (right - EDGE - height, bottom + EDGE, right - EDGE, bottom + EDGE + width),
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
