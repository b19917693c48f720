"""Here: our own pages of a volume as PDF, and on which page each element stands. Not here: what they say (templates)."""

import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from papers import faces, fonts
from papers.pdf import NoPdf, undrawn

STYLE = Path(__file__).with_name("volume.css")
FACES = {"song": "Paper Song", "hei": "Paper Hei", "title": "Paper Title"}
_one_at_a_time = Lock()


def typeset(html: str, target: Path) -> tuple[int, dict[str, int]]:
    """Write the pages to `target`; how many there are, and for each `id` of the text its page, counted from 0.

    Raises NoPdf where Pango or Chinese fonts are missing: a volume of empty boxes would look complete.
    """
    HTML, style, fetcher, font_config = _kit()
    with _one_at_a_time:
        document = HTML(string=html, url_fetcher=fetcher).render(stylesheets=[style], font_config=font_config)
        document.write_pdf(target)
    undrawn(document)
    found: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for name in page.anchors:
            found.setdefault(name, number)
    return len(document.pages), found


@cache
def _kit() -> tuple[Any, Any, Any, Any]:
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise NoPdf("这台机器没有 Pango,不能生成 PDF;请运行 make setup。") from error

    class FacesOnly(URLFetcher):
        """Nothing that somebody typed can make us read a file or an address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed:
                raise ValueError(f"not one of our own files: {url}")
            return super().fetch(url, headers)

    allowed = {path.as_uri() for path in fonts.files().values()}
    fetcher, font_config = FacesOnly(), faces.configuration()
    text = re.sub(r"var\((\w+)\)", lambda name: fonts.stack(FACES[name[1]]), STYLE.read_text(encoding="utf-8"))
    style = CSS(string=f"{fonts.css()}\n{text}", font_config=font_config, url_fetcher=fetcher)
    return HTML, style, fetcher, font_config
