"""Here: an uploaded workbook as rows of text. Not here: what the rows mean (registry), the child that reads (reader.py)."""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from exchange.imports.registry import BLURRED, Field
from exchange.packed import check_packed

READER = Path(__file__).with_name("reader.py")
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 2_000, 60
PATIENCE = 20  # seconds
EXAMPLE = "示例"
NUMBER, PROBLEMS = "序号", "问题"  # columns that are not read: the second comes with a marked workbook
EXACT = 10**15
UNREADABLE = "文件打不开或内容异常,请用下载的模板重新填写后上传。"


@dataclass(frozen=True)
class Row:
    """A filled row: its number in the file, its cells by header."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """What an upload holds: known headers in their order, filled rows, and the digest of the file."""

    headers: list[str]
    rows: list[Row]
    sha256: str


def read(upload: UploadedFile, label: str, fields: list[Field]) -> Table:
    """The rows of the upload. Raises ValidationError when it is no such workbook, in words for whoever uploaded it."""
    check(upload)
    digest = hashlib.sha256()
    with NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR, suffix=".xlsx") as kept:
        for chunk in upload.chunks():
            digest.update(chunk)
            kept.write(chunk)
        kept.flush()
        found = _read_apart(kept.name, label)
    head, *lines = found or [[]]
    headers = _headers(head, fields)
    rows = [Row(at, _cells(headers, line)) for at, line in enumerate(lines, start=2)]
    rows = [row for row in rows if _filled(row)]
    if not rows:
        raise ValidationError("表中没有填写任何一行(示例行不算)。", code="empty")
    return Table([header for header in headers if header], rows, digest.hexdigest())


def check(upload: UploadedFile) -> None:
    """Refuse what is no workbook, too large, or dangerous, before anything reads it. Raises ValidationError."""
    if PurePath(upload.name or "").suffix.lower() != ".xlsx":
        raise ValidationError("请上传 .xlsx 文件(Excel 工作簿);旧的 .xls 请另存为 .xlsx。", code="type")
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(f"文件超过 {MOST_BYTES // 1024**2} MB,请分几次导入。", code="too_large")
    check_packed(upload, "xl/workbook.xml", most=MOST_UNPACKED)
    upload.seek(0)


def _read_apart(path: str, label: str) -> list[list]:
    """The cells, read by a child under limits; whatever happens to it happens to it alone."""
    command = [sys.executable, "-I", str(READER), path, label, str(MOST_ROWS + 2), str(MOST_COLUMNS)]
    try:
        child = subprocess.run(command, capture_output=True, timeout=PATIENCE, env={}, check=False)
        answer = json.loads(child.stdout) if child.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        answer = None
    if answer is None:
        raise ValidationError(UNREADABLE, code="damaged")
    if "too_large" in answer:
        raise ValidationError(
            f"一次最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列,请删去多余的行列或分几次导入。", code="too_many"
        )
    return answer["rows"]


def _headers(head: list, fields: list[Field]) -> list[str]:
    """The headers as the template has them, in the order of the file; empty for a column without one."""
    known = {field.label for field in fields} | {NUMBER, PROBLEMS}
    found = [plain(cell).rstrip("*").replace("\n", "").strip() for cell in head]
    problems = [f"没有“{name}”这一列,请使用下载的模板。" for name in found if name and name not in known]
    problems += [f"缺少“{field.label}”列。" for field in fields if field.required and field.label not in found]
    problems += [f"“{name}”列出现了两次。" for name in known if found.count(name) > 1]
    if problems:
        raise ValidationError(problems, code="headers")
    return ["" if name == PROBLEMS else name for name in found]


def _cells(headers: list[str], line: list) -> dict[str, str]:
    return {header: plain(cell) for header, cell in zip(headers, line, strict=False) if header}


def _filled(row: Row) -> bool:
    """Whether somebody filled the row; the example and a number alone do not count."""
    rest = [text for header, text in row.cells.items() if header != NUMBER and text]
    return bool(rest) and not row.cells.get(NUMBER, "").startswith(EXAMPLE)


def plain(cell) -> str:
    """A cell as a person would type it: 12.5, 2026-03-02, 是."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return _number(cell)
    text = str(cell).strip()
    return text.removesuffix("T00:00:00") if text[:4].isdigit() else text


def _number(value: float) -> str:
    """Without an idle .0 and without an exponent; a number with more digits than Excel keeps is marked as blurred."""
    if abs(value) >= EXACT:
        return f"{BLURRED}{value:.0f}"
    return str(int(value)) if value.is_integer() else repr(value) if "e" not in repr(value) else f"{value:f}"
