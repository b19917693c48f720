"""Here: a CSV or Excel list of days off and days worked, read and checked line by line. Not here: storing it."""

import csv
import re
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from deadlines.models import CalendarDay

MAX_BYTES = 1024 * 1024
MAX_LINES = 2_000
COLUMNS = {"day": "day", "日期": "day", "kind": "kind", "安排": "kind", "name": "name", "节日": "name"}
KINDS = {"holiday": "holiday", "放假": "holiday", "workday": "workday", "上班": "workday"}
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")

Line = list[Any]


def read_days(path: Path) -> list[CalendarDay]:
    """The days of a file with the columns day, kind, name (日期、安排、节日), unsaved.

    Raises ValidationError naming every wrong line, or when the file cannot be read at all.
    """
    lines = _read_lines(path)
    header = [COLUMNS.get(str(cell).strip().lower()) for cell in lines[0]] if lines else []
    missing = [title for title, column in (("日期", "day"), ("安排", "kind"), ("节日", "name")) if column not in header]
    if missing:
        raise ValidationError(f"第1行缺少列：{'、'.join(missing)}。")
    days, errors, seen = [], [], {}
    for number, line in enumerate(lines[1:], start=2):
        if not any(str(cell).strip() for cell in line):
            continue
        try:
            day = _parse(dict(zip(header, line, strict=False)))
            if day.day in seen:
                raise ValidationError(f"{day.day}与第{seen[day.day]}行重复")
        except ValidationError as error:
            errors.append(f"第{number}行：{error.message}。")
        else:
            seen[day.day] = number
            days.append(day)
    if errors:
        raise ValidationError(errors)
    return days


def _parse(cells: dict[str | None, Any]) -> CalendarDay:
    day, kind, name = (
        _date(cells.get("day", "")),
        str(cells.get("kind", "")).strip(),
        str(cells.get("name", "")).strip(),
    )
    if kind.lower() not in KINDS:
        raise ValidationError(f"安排“{kind}”无法识别，应为“放假”或“上班”")
    if not name:
        raise ValidationError("未写节日名称")
    if len(name) > 40:
        raise ValidationError("节日名称超过40字")
    parsed = CalendarDay(day=day, kind=KINDS[kind.lower()], name=name)
    if parsed.kind == CalendarDay.Kind.WORKDAY and not parsed.is_exception:
        raise ValidationError(f"{day}是周{'一二三四五'[day.weekday()]}，本来就上班")
    return parsed


def _date(cell: Any) -> date:
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell
    match = DATE.fullmatch(str(cell).strip())
    try:
        if match:
            return date(*map(int, match.groups()))
    except ValueError:
        pass
    raise ValidationError(f"日期“{cell}”无法识别，应如2027-01-01")


def _read_lines(path: Path) -> list[Line]:
    if path.stat().st_size > MAX_BYTES:
        raise ValidationError("文件过大，放假安排不应超过1MB。")
    if path.suffix.lower() == ".csv":
        lines = _read_csv(path)
    elif path.suffix.lower() == ".xlsx":
        lines = _read_workbook(path)
    else:
        raise ValidationError("只能读取 .csv 或 .xlsx 文件。")
    if len(lines) > MAX_LINES:
        raise ValidationError(f"文件超过{MAX_LINES}行，不像一份放假安排。")
    return lines


def _read_csv(path: Path) -> list[Line]:
    try:
        return list(csv.reader(StringIO(_decode(path.read_bytes()), newline="")))
    except csv.Error as error:
        raise ValidationError("文件内容不是表格，请另存为 CSV 后再试。") from error


def _decode(raw: bytes) -> str:
    # Excel on a Chinese desktop saves CSV as GB18030.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError("文件编码无法识别，请存为 UTF-8。")


def _read_workbook(path: Path) -> list[Line]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as workbook:
            return workbook.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=MAX_LINES + 1)
    except CalamineError:
        raise ValidationError("无法打开该 Excel 文件。") from None
