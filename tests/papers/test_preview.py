"""Here: what a browser may be shown, by content: honest files, and files that pretend. Not here: who may look (projects)."""

from io import BytesIO

import pytest

from egov_projects.walk import SAMPLE_PDF
from papers.preview import inline, shown_as

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20
HTML = b"<html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (SAMPLE_PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (HTML, ""),
        (b"%PDF-1.4\n" + HTML + b"%%EOF", ""),
        (b"\xff\xd8\xff" + HTML, ""),
        (b"%PDF-1.4\n" + b"cut off in the middle", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", ""),
        (b"\x89PNG\r\n\x1a\nnot a header", ""),
        (b"PK\x03\x04 an Office file", ""),
        (b"", ""),
    ],
)
def test_a_file_is_shown_for_what_it_is(content, kind):
    file = BytesIO(content)
    assert (shown_as(file), file.tell()) == (kind, 0)


def test_nothing_in_the_answer_can_run():
    answer = inline(BytesIO(SAMPLE_PDF), "方案.pdf", "application/pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "SAMEORIGIN")
    assert answer["Content-Disposition"] == "inline; filename*=utf-8''%E6%96%B9%E6%A1%88.pdf"
