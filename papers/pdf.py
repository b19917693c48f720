"""Here: a paper as a PDF in the form of GB/T 9704-2012, the same bytes for the same content. Not here: what it says.

WeasyPrint is loaded when the first paper is drawn. Its fonts are read once; one paper is drawn at a time in a process.
"""

import gc
import re
from dataclasses import dataclass
from functools import cache
from logging import ERROR, getLogger
from pathlib import Path
from threading import Lock
from typing import Any

from papers import faces, fonts, markup
from papers.content import Content
from papers.layout import parts
from papers.tagging import finish

STYLE = Path(__file__).with_name("gb9704.css")
VARIANT = "pdf/a-3a"
LEFT_TO_FINISH = {"uncompressed_pdf": True, "pdf_identifier": False}  # else everything is packed three times
_one_at_a_time = Lock()


class NoPdf(RuntimeError):
    """PDFs cannot be drawn on this machine; the message says why, in Chinese. DOCX can be had all the same."""


@dataclass(frozen=True)
class Pdf:
    """The file, its pages, and characters that no face here can draw (they stand as empty boxes)."""

    data: bytes
    pages: int
    missing: str = ""


def render(content: Content, number: str = "", *, draft: str = "") -> Pdf:
    """Draw the paper. Raises NoPdf where Pango or Chinese fonts are missing."""
    found = parts(content, number)
    with _one_at_a_time:
        document = _laid_out(markup.page(content, found, draft=draft))
        if content.red and len(document.pages) % 2:
            document = _laid_out(markup.page(content, found, draft=draft, back=True))
        data = finish(document.write_pdf(pdf_variant=VARIANT, **LEFT_TO_FINISH))
    return Pdf(data, len(document.pages), undrawn(document))


def undrawn(document: Any) -> str:
    """Characters of a written document that no face here could draw. Raises NoPdf where a common one is among them."""
    missing = "".join(sorted({chr(code) for font in document.fonts.values() for code in font.missing}))
    if any(_common(character) for character in missing):
        raise NoPdf(f"这台机器缺少中文字体(例如没有“{missing[0]}”),不能生成 PDF;请安装字体后重新生成。DOCX 不受影响。")
    return missing


def _laid_out(html: str) -> Any:
    kit = _kit()
    return kit.HTML(string=html, url_fetcher=kit.fetcher).render(
        font_config=kit.font_config, stylesheets=[kit.style], cache=None
    )


@dataclass(frozen=True)
class _Kit:
    HTML: Any
    fetcher: Any
    font_config: Any
    style: Any


@cache
def _kit() -> _Kit:
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise NoPdf("这台机器没有 Pango,不能生成 PDF;请运行 make setup。DOCX 不受影响。") from error

    class OwnFilesOnly(URLFetcher):
        """Nothing a paper says can make us read a file or an address: only the faces are ever fetched."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed:
                raise ValueError(f"not one of our own files: {url}")
            return super().fetch(url, headers)

    for name in ("weasyprint", "weasyprint.progress", "fontTools"):
        getLogger(name).setLevel(ERROR)
    allowed = {path.as_uri() for path in fonts.files().values()}
    fetcher, font_config = OwnFilesOnly(), faces.configuration()
    style = CSS(string=_style(), font_config=font_config, url_fetcher=fetcher)
    gc.collect()
    gc.freeze()  # what is loaded by now stays loaded; looking through it again and again cost up to a third of a paper
    return _Kit(HTML, fetcher, font_config, style)


def _style() -> str:
    names = {"fang": "Paper Fang", "kai": "Paper Kai", "hei": "Paper Hei", "song": "Paper Song", "title": "Paper Title"}
    text = re.sub(r"var\((\w+)\)", lambda found: fonts.stack(names[found[1]]), STYLE.read_text(encoding="utf-8"))
    return f"{fonts.css()}\n{text}"


def _common(character: str) -> bool:
    """Whether every Chinese face has it: only a machine without one lacks it."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False
