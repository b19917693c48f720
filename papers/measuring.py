"""Here: measuring a drawn paper: margins, lines, characters, faces. Not here: judging its structure (structure.py)."""

import re
import subprocess
from dataclasses import dataclass

MM = 72 / 25.4
PAGE_NUMBER = re.compile(r"^—\s?\d+\s?—$")


@dataclass(frozen=True)
class Line:
    """A line of text on a page; edges in points from the page's upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Measured:
    """In millimetres: the type area as far as text touches it; the most lines on a page and characters in a line."""

    pages: int
    left: float
    right: float
    top: float
    lines: int
    characters: int


def lines_of(data: bytes) -> list[Line]:
    """Every line of text, page by page, without the page numbers. Raises FileNotFoundError without pdftotext."""
    found = subprocess.run(["pdftotext", "-bbox-layout", "-", "-"], input=data, capture_output=True, check=True)
    lines = []
    for number, page in enumerate(found.stdout.decode().split("<page ")[1:], start=1):
        for box, words in re.findall(r"<line (.*?)>(.*?)</line>", page, re.DOTALL):
            edges = [float(edge) for edge in re.findall(r'="([\d.]+)"', box)]
            text = "".join(re.findall(r">([^<]+)</word>", words))
            if not PAGE_NUMBER.match(text):
                lines.append(Line(number, *edges, text))
    return lines


def measure(data: bytes) -> Measured:
    """What pdftotext sees of the page's form."""
    lines = lines_of(data)
    pages = max(line.page for line in lines)
    rows = {(line.page, round(line.top / 6)) for line in lines}
    return Measured(
        pages=pages,
        left=round(min(line.left for line in lines) / MM, 1),
        right=round(max(line.right for line in lines) / MM, 1),
        top=round(min(line.top for line in lines) / MM, 1),
        lines=max(sum(row[0] == page for row in rows) for page in range(1, pages + 1)),
        characters=max(len(line.text) for line in lines),
    )


def faces(data: bytes) -> list[str]:
    """The embedded faces; one that is not embedded is marked."""
    found = subprocess.run(["pdffonts", "-"], input=data, capture_output=True, check=True).stdout.decode()
    rows = [line.split() for line in found.splitlines()[2:]]
    return [row[0].partition("+")[2] + ("" if row[-5] == "yes" else "(未嵌入)") for row in rows]
