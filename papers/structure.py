"""Here: what a tagged PDF must have, checked in the file. Not here: making it so (tagging.py), PDF/UA's judgement by people."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

KNOWN = {"Document", "Div", "P", "H1", "H2", "H3", "H4", "Table", "THead", "TBody", "TR", "TH", "TD", "Caption", "Span", "NonStruct"}


def faults(data: bytes) -> list[str]:
    """One line for everything that a screen reader would stumble over; empty when there is nothing."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        found = [f"qpdf: {problem}" for problem in pdf.check_pdf_syntax()] if hasattr(pdf, "check_pdf_syntax") else []
        return [*found, *_catalog(pdf), *_structure(pdf), *_fonts(pdf), *_content(pdf)]


def _catalog(pdf: Any) -> Iterator[str]:
    root = pdf.Root
    if str(root.get("/Lang", "")) != "zh-CN":
        yield "language is not zh-CN"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "no title"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not displayed"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked as tagged"
    for name in ("/StructTreeRoot", "/Metadata", "/Outlines"):
        if name not in root:
            yield f"no {name}"
    if b'pdfuaid:part="1"' not in root.Metadata.read_bytes():
        yield "PDF/UA is not declared"


def _elements(parent: Any) -> Iterator[Any]:
    from pikepdf import Dictionary

    for kid in parent.get("/K", ()):
        if isinstance(kid, Dictionary):
            yield kid
            yield from _elements(kid)


def _structure(pdf: Any) -> Iterator[str]:
    level = 0
    for element in _elements(pdf.Root.StructTreeRoot):
        kind = str(element.S)[1:]
        if kind not in KNOWN:
            yield f"unknown element {kind}"
        if kind == "TH" and "/Scope" not in element.get("/A", {}):
            yield "a header cell without scope"
        if kind[0] == "H" and kind[1:].isdecimal():
            if int(kind[1:]) > level + 1:
                yield f"{kind} after H{level}"
            level = int(kind[1:])


def _fonts(pdf: Any) -> Iterator[str]:
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            if not {"/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                yield f"{font.BaseFont} is not embedded"
            if "/ToUnicode" not in font:
                yield f"{font.BaseFont} cannot be read as text"


def _content(pdf: Any) -> Iterator[str]:
    """Every piece of content is in the tree or an artifact: page numbers are artifacts, nothing is left outside."""
    told = {element.objgen for element in _elements(pdf.Root.StructTreeRoot)}
    entries = pdf.Root.StructTreeRoot.ParentTree.Nums
    for at in range(0, len(entries), 2):
        if any(element is not None and element.objgen not in told for element in entries[at + 1]):
            yield f"page {int(entries[at]) + 1} has content outside the tree"
    for number, page in enumerate(pdf.pages, start=1):
        if page.get("/Tabs") != "/S":
            yield f"page {number} is not tabbed by structure"
