"""Here: answers about a trial that began on a recorded day, and what the self-check leaves out. Not here: judging them."""

from datetime import date

from organizations import clock
from policies.vocabulary import answers
from policies.workdays import add_months
from projects.evidence import EVIDENCE

LIMIT = "trial_limit"


def _current(project, name: str):
    return EVIDENCE[name].current(project)


@answers("trial.months", kind="number", label="试运行已满月数", by_day=True)
def months(project) -> int | None:
    """Whole calendar months from going live to today; where a month has no such day, its last. Unknown before (TC-A22-1)."""
    live = _current(project, "go_live")
    if live is None:
        return None
    today = clock.today()
    full = (today.year - live.started_on.year) * 12 + today.month - live.started_on.month
    return full if add_months(live.started_on, full) <= today else full - 1


@answers("trial.last_day", kind="date", label="试运行到完成验收的最后一日")
def last_day(project) -> date | None:
    """The pack's deadline `trial_limit` from going live; unknown before it and where the pack has none (TC-A21-4)."""
    live = _current(project, "go_live")
    spec = next((each for each in project.pack.deadlines if each.code == LIMIT), None)
    return add_months(live.started_on, spec.within) if live and spec and spec.within else None


@answers("self_check.missing_items", kind="list", label="自查报告没有写到的实施内容")
def missing_items(project) -> list[str] | None:
    """Planned contents that no row of the report names; unknown before the report (TC-A23-3)."""
    report, planned = _current(project, "self_check"), _current(project, "implementation_contents")
    if report is None:
        return None
    named = {row["name"] for row in report.items or []}
    return [row["name"] for row in (planned.items or [] if planned else []) if row["name"] not in named]


@answers("self_check.missing_targets", kind="list", label="自查报告没有写实际值的绩效目标")
def missing_targets(project) -> list[str] | None:
    """Promised targets without an actual value in the report; unknown before the report (TC-A23-5)."""
    report, promised = _current(project, "self_check"), _current(project, "performance_target")
    if report is None:
        return None
    reached = {row["name"] for row in report.targets or [] if row["actual"]}
    names = [line.name for line in promised.promises.all()] if promised else []
    return [name for name in names if name not in reached]
