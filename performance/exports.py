"""Here: 绩效汇总, results of evaluations by unit and year as a workbook. Not here: the results (results.py), writing Excel."""

from collections import Counter
from itertools import starmap

from django.core.exceptions import ValidationError

from exchange.exports import export
from papers.excel import CODE, DAY, NUMBER, Column, Sheet
from performance.models import EvaluationResult
from performance.results import COLUMNS, UnitResult, unit_results

GRADES = [grade for grade, _ in EvaluationResult.GRADES]
KINDS = {"year": NUMBER, "number": CODE, "concluded_on": DAY}
BY_UNIT = [
    Column("序号", NUMBER), Column("单位", width=28), Column("年度", NUMBER), Column("评价项目数", NUMBER, total=True),
    *(Column(f"{grade}(个)", NUMBER, total=True) for grade in GRADES),
]  # fmt: skip
RESULTS = [
    Column("序号", NUMBER), Column("件数", NUMBER, total=True),
    *(Column(label, KINDS.get(name, "text"), width=44 if name == "opinion" else 0) for name, label in COLUMNS.items()),
]  # fmt: skip


@export("results", label="绩效汇总", view="reports:results")
def results(user, asked):
    """How many of each grade by unit and year, and every result; `year` narrows it (YQ-3.8-5)."""
    year = asked.get("year", "")
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise ValidationError({"year": "年度请填写四位数字。"})
    rows = unit_results(user, year=int(year) if year else None)
    figures = {"评价项目数": len(rows)} | {f"{grade}(个)": count for grade, count in _grades(rows)}
    lines = ([at, 1, *(getattr(row, name) for name in COLUMNS)] for at, row in enumerate(rows, start=1))
    return [
        Sheet("按单位汇总", BY_UNIT, starmap(_unit, enumerate(_units(rows).items(), start=1)), figures),
        Sheet("评价结果", RESULTS, lines, {"件数": len(rows)}),
    ], len(rows)


def _grades(rows: list[UnitResult]) -> list[tuple[str, int]]:
    counted = Counter(row.grade for row in rows)
    return [(grade, counted[grade]) for grade in GRADES]


def _units(rows: list[UnitResult]) -> dict[tuple[str, int], list[UnitResult]]:
    found: dict[tuple[str, int], list[UnitResult]] = {}
    for row in rows:
        found.setdefault((row.unit, row.year), []).append(row)
    return found


def _unit(at: int, found: tuple[tuple[str, int], list[UnitResult]]) -> list:
    (unit, year), rows = found
    return [at, unit, year, len(rows), *(count for _, count in _grades(rows))]
