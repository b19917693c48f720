"""Here: recording budget evidence in the test city, default fields overlaid. Not here: any expectation."""

from collections.abc import Callable

import pytest

from egov_projects.walk import submit
from projects.evidence import EVIDENCE
from projects.models import Project


@pytest.fixture
def put(city) -> Callable:
    """put(project, evidence, actor="finance", **fields) → (record, verdicts); nothing is mended on the way."""

    def record(project, name: str, actor: str = "finance", **fields):
        project = Project.objects.get(pk=project.pk)
        return submit(project, name, {**EVIDENCE[name].example(project), **fields}, actor=city.users[actor])

    return record


@pytest.fixture
def sheet(put) -> Callable:
    """sheet(project, (name, type, asked, reviewed), …, year=2027, source=…, **fields): one reviewed version."""

    def record(project, *lines, year: int = 2027, source: str = "本级财政", actor: str = "finance", **fields):
        from decimal import Decimal

        rows = [
            {"name": name, "type": kind, "asked": asked, "reviewed": reviewed}
            | ({} if asked == reviewed else {"cut_reason": "按市场价核减"})
            for name, kind, asked, reviewed in lines
        ]
        total = sum((Decimal(row["reviewed"]) for row in rows), Decimal("0.00"))
        spread = [{"year": year, "source": source, "amount": str(total)}]
        return put(project, "budget_sheet", actor, **{"lines": rows, "allocations": spread, **fields})

    return record
