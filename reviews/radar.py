"""Here: 拆分雷达, own projects of twelve months that cross a line only together (a hint, never an accusation). Not here: lines (packs).

A project's amount is its present investment; its day is the day of filing, for a draft today.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from organizations import clock
from policies.lines import Line, lines
from projects.models import Project
from projects.states import CLOSED
from reviews.duplicates import threshold
from reviews.similarity import described, grams, percent

WINDOW = timedelta(days=365)
NEAR = Decimal("0.95")


@dataclass(frozen=True)
class Part:
    """One project of the sum."""

    project: Project
    amount: Decimal
    on: date
    own: bool = False


@dataclass(frozen=True)
class Crossing:
    """A line that the parts stay below one by one and cross together."""

    line: Line
    parts: tuple[Part, ...]
    total: Decimal

    @property
    def near(self) -> list[Part]:
        """The parts that lie less than 5 % under the line."""
        return [part for part in self.parts if part.amount >= self.line.bound * NEAR]

    @property
    def arithmetic(self) -> str:
        """The amounts, their sum, and the line it reaches."""
        sign = "≥" if self.line.test == "at_least" else ">"
        return f"{' + '.join(f'{part.amount:,.2f}' for part in self.parts)} = {self.total:,.2f} {sign} {self.line.bound:,.2f}"


def crossings(project: Project) -> list[Crossing]:
    """Every line that this project crosses only together with similar ones of its own unit, highest first."""
    if project.investment is None:
        return []
    own = Part(project, project.investment, project.filed_on or clock.today(), own=True)
    others = _alike(project, _parts(project, own.on))
    found = []
    for line in reversed(lines(project.pack)):
        below = [part for part in others if not line.passed(part.amount)]
        total = own.amount + sum(part.amount for part in below)
        if below and not line.passed(own.amount) and line.passed(total):
            found.append(Crossing(line, (own, *below), total))
    return found


def near_line(project: Project) -> Line | None:
    """The line this project lies less than 5 % under, if any."""
    amount = project.investment
    return next(
        (line for line in lines(project.pack) if amount is not None and line.bound * NEAR <= amount < line.bound), None
    )


def _parts(project: Project, on: date) -> list[Part]:
    """The unit's other live projects with an amount, filed or begun within twelve months before or after."""
    rows = Project.objects.filter(department=project.department).exclude(pk=project.pk).exclude(state__in=CLOSED)
    found = [Part(each, each.investment, each.filed_on or each.created_at.date()) for each in rows if each.investment]
    return sorted((part for part in found if abs(part.on - on) <= WINDOW), key=lambda part: (part.on, part.project.pk))


def _alike(project: Project, parts: list[Part]) -> list[Part]:
    """Those with a similar name or aim, by the same measure as the search for duplicates."""
    bound, name, aim = threshold(project), grams(project.name), described(project.objective)
    return [
        part
        for part in parts
        if max(percent(name, grams(part.project.name)), percent(aim, described(part.project.objective))) >= bound
    ]
