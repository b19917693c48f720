"""Here: one short paper drawn by us and naively, each in a process of its own: milliseconds and memory. Not here: workers (papering)."""

import subprocess
import sys
import time

from bench.processes import peak

PAGES = 20
SIDES = ("ours", "naive")


def measure() -> dict:
    """For each side: milliseconds of CPU per paper after the first, peak MB; our share of the naive time."""
    found = {side: _asked(side) for side in SIDES}
    return {**found, "ratio": round(found["ours"]["cpu_ms"] / found["naive"]["cpu_ms"], 2)}


def _asked(side: str) -> dict:
    command = [sys.executable, "-m", "bench.drawing", side]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return {"cpu_ms": float(answer[0]), "peak_mb": float(answer[1])}


def _draw(side: str) -> str:
    """Without the house: WeasyPrint, the faces and what draws are all that is loaded."""
    import os
    from pathlib import Path

    from django.conf import settings

    settings.configure(BASE_DIR=Path(__file__).parents[1], USE_I18N=False)
    from papers import examples, pdf

    def ours() -> None:
        pdf.render(examples.short(), "号")

    draw = ours if side == "ours" else _naively()
    draw()
    start = time.process_time()
    for _ in range(PAGES):
        draw()
    return f"{(time.process_time() - start) / PAGES * 1000:.0f} {peak(os.getpid()):.0f}"


def _naively():
    """Fonts and style sheet are read anew for each paper."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from papers import examples, markup, pdf
    from papers.layout import parts

    page = markup.page(examples.short(), parts(examples.short(), "号"))

    def draw() -> None:
        fonts = FontConfiguration()
        style = CSS(string=pdf._style(), font_config=fonts)
        HTML(string=page).write_pdf(stylesheets=[style], font_config=fonts, pdf_variant=pdf.VARIANT)

    return draw


if __name__ == "__main__":
    sys.stdout.write(_draw(sys.argv[1]) + "\n")
