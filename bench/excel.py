"""Here: 100,000 rows of 20 columns as a workbook, ours beside the fastest bare writer, and recalculated. Not here: timing other pages.

Each run is a process of its own, so that its peak memory is its own. `table` writes made-up rows; `register` writes 项目台账
from the database; `rust` and `openpyxl` write the same made-up rows with nothing but values: the limit, and the usual way.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time

ROWS, COLUMNS, ROUNDS = 100_000, 20, 3
DIFFERENT = 5_000
START = date(2020, 1, 1)


def rows(size: int):
    """Like a register: number, text, code, text, day and money columns; made beforehand, so that only writing is measured."""
    return islice(cycle([_row(at) for at in range(1, DIFFERENT + 1)]), size)


def _row(at: int) -> list:
    money = Decimal(at * 7919 % 900_000_000) / 100
    return [
        at, f"YQ-2026-{at:06d}", f"智慧城市管理平台项目{at}", "市城市管理局", "11330382MB0X00000X", "新建", "年度申报",
        "应用系统", 2026, "2026年度申报", START + timedelta(days=at % 2000), "已申报", money, "申报概算",
        money, money, None if at % 3 else money, money, money, money,
    ]  # fmt: skip


def columns() -> list:
    """The columns of made-up rows."""
    from papers.excel import CODE, DAY, MONEY, NUMBER, Column

    kinds = [
        "number",
        "code",
        "text",
        "text",
        "code",
        *["text"] * 3,
        "number",
        "text",
        "day",
        "text",
        "money",
        "text",
        *["money"] * 6,
    ]
    known = {"number": NUMBER, "code": CODE, "text": "text", "day": DAY, "money": MONEY}
    return [Column(f"列{at}(元)", known[kind], total=kind == "money") for at, kind in enumerate(kinds, start=1)]


def table(path: str, size: int) -> None:
    """Ours: formats, totals, 对账, print set-up."""
    from papers.excel import Book, Sheet, write

    with open(path, "wb") as out:
        write(Book("项目台账", [Sheet("项目台账", columns(), rows(size))]), out)


def rust(path: str, size: int) -> None:
    """The library with nothing but a date format."""
    from rustpy_xlsxwriter import write_worksheet

    labels = [column.label for column in columns()]
    write_worksheet(
        (dict(zip(labels, row, strict=True)) for row in rows(size)), path, "项目台账", datetime_format="yyyy-mm-dd"
    )


def openpyxl(path: str, size: int) -> None:
    """openpyxl, write-only, nothing but values."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("项目台账")
    sheet.append([column.label for column in columns()])
    for row in rows(size):
        sheet.append(row)
    book.save(path)


def register(path: str, size: int) -> None:
    """项目台账 from the database, as the job writes it."""
    from django.http import QueryDict

    from exchange.exports import find
    from organizations.models import User
    from papers.excel import write

    user = User.objects.get(username="bench")
    with open(path, "wb") as out:
        write(find("projects", user).book(user, QueryDict(""))[0], out)


SIDES = {"rust": rust, "table": table, "openpyxl": openpyxl, "register": register}


def measure(size: int = ROWS) -> dict:
    """Seconds and peak memory of each side, the ratio of ours to the fastest, and what LibreOffice recalculates."""
    found: dict[str, list[dict]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for at in range(ROUNDS):
            for name in SIDES:
                if name == "openpyxl" and at:
                    continue
                path = str(Path(folder) / f"{name}.xlsx")
                found.setdefault(name, []).append(_apart(name, path, size))
        recalculated = {name: recounted(str(Path(folder) / f"{name}.xlsx"), folder) for name in ("table", "register")}
    told = ("seconds", "cpu", "peak_mb", "before_mb")
    sides = {name: {key: statistics.median(run[key] for run in runs) for key in told} for name, runs in found.items()}
    fastest = min((name for name in SIDES if name != "register"), key=lambda name: sides[name]["cpu"])
    ratio = sides["table"]["cpu"] / sides[fastest]["cpu"]
    return {
        "rows": size, "columns": COLUMNS, "sides": sides, "fastest": fastest, "ratio": round(ratio, 2),
        "recalculated": recalculated,
    }  # fmt: skip


def in_words(found: dict) -> str:
    """A line for each side, and for each total."""
    lines = [f"{found['rows']:,} rows x {found['columns']} columns, median of {ROUNDS}:"]
    lines += [
        f"{name}: {side['seconds']} s, {side['cpu']} s of processor, peak {side['peak_mb']} MB ({side['before_mb']} before)"
        for name, side in found["sides"].items()
    ]
    lines.append(f"ours / {found['fastest']}: {found['ratio']} (processor time, which neighbours do not change)")
    for name, said in found["recalculated"].items():
        lines += [f"{name} recalculated: {line}" for line in (said if isinstance(said, list) else [said])]
    return "\n".join(lines) + "\n"


def _apart(name: str, path: str, size: int) -> dict:
    """One side in a process of its own."""
    command = [sys.executable, "-m", "bench.excel", name, path, str(size)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def recounted(path: str, folder: str) -> list | str:
    """The lines of 对账 as LibreOffice works them out; a word where it is not installed."""
    if not shutil.which("soffice"):
        return "no LibreOffice here"
    out = str(Path(folder) / "out")
    command = ["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "HOME": folder}, timeout=1200)
    from python_calamine import CalamineWorkbook

    lines = CalamineWorkbook.from_path(str(Path(out) / Path(path).name)).get_sheet_by_name("对账").to_python()
    return [[line[1], *line[3:]] for line in lines[1:]]


def peak() -> int:
    """The most memory this process has held, in MB; getrusage would tell that of whoever started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def main() -> None:
    """One side: write the file and tell seconds and peak memory."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egov_projects.settings")
    django.setup()
    name, path, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
    before = peak()
    start, worked = perf_counter(), process_time()
    SIDES[name](path, size)
    seconds, worked = perf_counter() - start, process_time() - worked
    told = {"seconds": round(seconds, 2), "cpu": round(worked, 2), "peak_mb": peak(), "before_mb": before}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
