"""Here: reading the words back out of the files of a paper. Not here: making them (pdf.py, docx.py)."""

import re
import subprocess
from collections.abc import Iterable
from io import BytesIO

from papers.layout import Part

PAGE_NUMBER = re.compile(r"^\s*— \d+ —\s*$", re.MULTILINE)


def words_of_pdf(data: bytes) -> str:
    """What `pdftotext` finds, in the order of the file, without page numbers and blanks. Raises FileNotFoundError."""
    found = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True)
    return _bare(PAGE_NUMBER.sub("", found.stdout.decode().replace("\f", "\n")))


def words_of_docx(data: bytes) -> str:
    """The text of paragraphs and tables in the order of the document."""
    import docx

    document = docx.Document(BytesIO(data))
    words = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            words += [cell.text for row in block.rows for cell in dict.fromkeys(row.cells)]
        else:
            words.append(block.text)
    return _bare("".join(words))


def words_of(found: Iterable[Part]) -> str:
    """What the files of these parts should say."""
    words = []
    for part in found:
        words += [part.text, *part.columns, *(cell for row in part.rows for cell in row)]
    return _bare("".join(words))


def without_repeated_heads(words: str, found: Iterable[Part]) -> str:
    """The words with every table's head once only: the PDF repeats it on each page."""
    for part in found:
        head = _bare("".join(part.columns))
        if len(head) > 1 and head in words:
            first = words.index(head) + len(head)
            words = words[:first] + words[first:].replace(head, "")
    return words


def _bare(text: str) -> str:
    return "".join(text.split())
