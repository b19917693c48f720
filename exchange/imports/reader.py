"""Here: a program of its own that reads one sheet of a workbook under limits, and prints it as JSON. Not here: trusting it.

It is run as a child because a small hostile workbook can make a parser take all memory or abort the process.
Usage: python -I reader.py FILE SHEET MOST_ROWS MOST_COLUMNS
"""

import json
import resource
import sys

MEMORY, SECONDS = 512 * 1024 * 1024, 10


def main() -> int:
    """Print {"name", "rows"}, or {"too_large"}."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from python_calamine import CalamineWorkbook

    path, wanted, most_rows, most_columns = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    book = CalamineWorkbook.from_path(path)
    name = wanted if wanted in book.sheet_names else book.sheet_names[0]
    sheet = book.get_sheet_by_name(name)
    if sheet.height > most_rows or sheet.width > most_columns:
        sys.stdout.write(json.dumps({"too_large": [sheet.height, sheet.width]}))
        return 0
    rows = sheet.to_python(skip_empty_area=False)
    sys.stdout.write(json.dumps({"name": name, "rows": [[plain(cell) for cell in row] for row in rows]}))
    return 0


def plain(cell):
    """Text, number or truth as it is; anything else as ISO text."""
    if isinstance(cell, str | int | float | bool):
        return cell
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


if __name__ == "__main__":
    raise SystemExit(main())
