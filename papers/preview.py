"""Here: which files a browser may show inside a page, and handing them out so that nothing in them runs. Not here: pages, scope.

A file is shown for what it is, not for what it is called: PDF, PNG and JPEG by their content. Everything else is only
ever downloaded. The answer is sandboxed, so that even a file that fools both us and the browser has no origin of its own.
"""

from typing import IO

from django.http import FileResponse

PDF = "application/pdf"
SIGNATURES = {PDF: b"%PDF-", "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/jpeg": b"\xff\xd8\xff"}
MARKUP = (b"<html", b"<!doctype", b"<script", b"<body", b"<svg", b"<iframe", b"<?xml-stylesheet")
HEAD, TAIL = 1024, 2048
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def shown_as(file: IO[bytes]) -> str:
    """The content type as which the file may be shown, by what is in it; empty for a file that is only downloaded."""
    file.seek(0)
    head = file.read(HEAD)
    found = next((kind for kind, signature in SIGNATURES.items() if head.startswith(signature)), "")
    if any(mark in head.lower() for mark in MARKUP) or (found == PDF and not _ends_like_a_pdf(file)):
        found = ""
    file.seek(0)
    return found


def _ends_like_a_pdf(file: IO[bytes]) -> bool:
    size = file.seek(0, 2)
    file.seek(max(size - TAIL, 0))
    return b"%%EOF" in file.read()


def inline(file: IO[bytes], name: str, kind: str) -> FileResponse:
    """The file to be shown in place, of the `kind` that `shown_as` found."""
    response = FileResponse(file, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
