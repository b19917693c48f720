"""Here: which lists can be had as workbooks, and for whom. Not here: their columns (each room's exports.py), writing (papers.excel).

A room registers a list in `<room>/exports.py`:

    @export("payments", label="付款台账", may=business)
    def payments(user, asked):          # asked: the filters of the page, as they stand in its address
        return [Sheet("付款台账", COLUMNS, rows(…))], found.count()

It reads as `user` may see when it runs, and raises ValidationError where the filters cannot be read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from django.http import Http404, QueryDict

from jobs.exports import export as in_jobs
from organizations import audit, clock
from organizations.models import User
from organizations.navigation import business
from papers.excel import Book, Sheet, write

LARGE = 20_000  # rows beyond which nobody should wait in front of the page
WORK = "exchange.export"
SAID_EVERY = 2_000
Build = Callable[[User, QueryDict], tuple[list[Sheet], int]]


@dataclass(frozen=True)
class Export:
    """A list that can be had as a workbook; `view` is the page that shows it."""

    name: str
    label: str
    build: Build
    may: Callable[[User], bool]
    view: str

    def book(self, user: User, asked: QueryDict) -> tuple[Book, int]:
        """The workbook for this person, and how many rows it will have."""
        sheets, size = self.build(user, asked)
        unit = user.organization
        note = f"{user.get_full_name()}{f'({unit.name})' if unit else ''} {clock.now().astimezone(clock.ZONE):%Y-%m-%d %H:%M} 导出"
        return Book(self.label, sheets, note + ("" if not asked else ",按页面筛选")), size


_exports: dict[str, Export] = {}


def export(name: str, *, label: str, may: Callable[[User], bool] = business, view: str = ""):
    """Register build(user, asked) → (sheets, number of rows) as the export called `name`."""

    def register(build: Build) -> Build:
        if name in _exports:
            raise ValueError(f"the export {name} is registered twice")
        _exports[name] = Export(name, label, build, may, view)
        return build

    return register


def offered(user: User) -> list[Export]:
    """What this person can export, in the order of registration."""
    return [each for each in _exports.values() if each.may(user)]


def find(name: str, user: User) -> Export:
    """The export of that name. Raises Http404 when there is none for this person."""
    found = _exports.get(name)
    if found is None or not user.is_active or not found.may(user):
        raise Http404
    return found


def noted(found: Export, user: User, asked: QueryDict, size: int) -> None:
    """Record that this person took the list."""
    audit.record(user, "export", target=found.label, rows=size, asked=asked.urlencode()[:500])


@in_jobs(WORK, label="导出 Excel")
def run(job, out: IO[bytes]) -> None:
    """Write a large list in the background, as the person may see it now."""
    asked = QueryDict(job.arguments["asked"])
    found = find(job.arguments["of"], job.actor)
    book, size = found.book(job.actor, asked)
    done = 0

    def told(rows):
        nonlocal done
        for row in rows:
            yield row
            done += 1
            if done % SAID_EVERY == 0:
                job.progress(done, size, f"已写 {done} 行")

    sheets = [Sheet(each.title, each.columns, told(each.rows), each.figures) for each in book.sheets]
    write(Book(book.title, sheets, book.note), out)
    noted(found, job.actor, asked, size)
