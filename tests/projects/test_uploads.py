"""Here: hostile and honest files at the door of uploads."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from egov_projects.walk import SAMPLE_PDF
from projects.uploads import TooLarge, check_upload


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refused(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as error:
        check_upload(SimpleUploadedFile(name, content))
    return error.value.code


DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("意见.pdf", SAMPLE_PDF, "application/pdf"),
        ("方案.DOCX", packed(DOCX), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("公文.ofd", packed({"OFD.xml": b"<OFD/>"}), "application/ofd"),
        ("照片.jpeg", b"\xff\xd8\xff\xe0rest", "image/jpeg"),
    ],
)
def test_honest_files_are_known_by_ending_and_content(name, content, content_type):
    assert check_upload(SimpleUploadedFile(name, content)) == content_type


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("木马.exe", b"MZ\x90\x00", "type"),
        ("脚本.html", b"<script>", "type"),
        ("无扩展名", b"%PDF-1.4", "type"),
        ("空.pdf", b"", "empty"),
        ("假.pdf", b"MZ\x90\x00", "content"),
        ("假.docx", packed({"OFD.xml": b""}), "content"),
        ("坏.docx", b"PK\x03\x04garbage", "damaged"),
        ("宏.docx", packed(DOCX | {"word/vbaProject.bin": b"x"}), "active"),
        ("嵌入.docx", packed(DOCX | {"word/embeddings/oleObject1.bin": b"x"}), "active"),
        ("脚本.pdf", SAMPLE_PDF + b"<</S/JavaScript/JS(app.alert(1))>>", "active"),
        ("启动.pdf", SAMPLE_PDF + b"<</S/Launch/F(cmd.exe)>>", "active"),
        ("炸弹.xlsx", packed({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"0" * 40_000_000}), "bomb"),
    ],
)
def test_hostile_files_are_refused(name, content, code):
    assert refused(name, content) == code


def test_a_mark_across_two_chunks_is_seen(monkeypatch):
    upload = SimpleUploadedFile("长.pdf", b"%PDF-1.4" + b" " * (64 * 1024 - 12) + b"/JavaScript")
    with pytest.raises(ValidationError) as error:
        check_upload(upload)
    assert error.value.code == "active"


def test_too_many_members_is_a_bomb():
    members = {f"word/{number}.xml": b"" for number in range(5001)} | DOCX
    assert refused("多.docx", packed(members)) == "bomb"


def test_over_the_limit_is_413(settings):
    settings.UPLOAD_MAX_BYTES = 100
    with pytest.raises(TooLarge) as error:
        check_upload(SimpleUploadedFile("大.pdf", SAMPLE_PDF))
    assert error.value.status == 413
