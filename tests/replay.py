"""Here: walking once for all tests that walk alike. Not here: the walk (egov_projects.walk), which tests go through.

Many tests begin with the same city and the same project at the same place on its route. The first one of a test run
walks there through the doors; what that wrote is kept, statement by statement, and written again for the next test
that asks for the same from exactly the same rows. Constraints and triggers judge it again; nothing outlives the run.
"""

import copy
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from organizations import clock

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "SAVEPOINT", "RELEASE", "ROLLBACK")
SAVEPOINT = re.compile(r"s\d+_x\d+")  # names that only count
Statement = tuple[str, Any, bool]


@dataclass
class Tape:
    """What one walk wrote, what it wanted done after the commit, and what it gave back."""

    statements: list[Statement]
    after_commit: list[Callable[[], Any]]
    result: Any


_kept: dict[str, Tape] = {}


@dataclass
class Recorder:
    """Knows everything that this test has written so far; a tape fits only where all of it is the same."""

    written: list[Statement] = field(default_factory=list)
    start: str = ""

    def __call__(self, execute, sql, params, many, context):
        """A wrapper of every statement of the connection."""
        result = execute(sql, params, many, context)
        if sql.lstrip()[:9].upper().startswith(WRITES):
            self.written.append((sql, params, many))
        return result

    def once(self, what: str, make: Callable[[], Any]) -> Any:
        """`make()`, or its writes again and a copy of what it gave back."""
        key = self.key(what)
        if key not in _kept:
            before, waiting = len(self.written), len(connection.run_on_commit)
            result = make()
            wanted = [function for _, function, _ in connection.run_on_commit[waiting:]]
            _kept[key] = Tape(self.written[before:], wanted, copy.deepcopy(result))
            return result
        tape = _kept[key]
        with connection.cursor() as cursor:
            for sql, params, many in tape.statements:
                (cursor.executemany if many else cursor.execute)(sql, params)
        for function in tape.after_commit:
            transaction.on_commit(function)
        return copy.deepcopy(tape.result)

    def key(self, what: str) -> str:
        """Names what is asked for and everything that it could depend on: rows, day, files."""
        known = repr((what, self.start, clock.today(), settings.MEDIA_ROOT, self.written))
        return hashlib.sha256(SAVEPOINT.sub("", known).encode()).hexdigest()


@contextmanager
def recording() -> Iterator[Recorder | None]:
    """A recorder for this test; None where numbers of rows are not given back after a test (PostgreSQL)."""
    if connection.vendor != "sqlite" or not connection.in_atomic_block:
        yield None
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        recorder = Recorder(start=repr(cursor.fetchall()))
    with connection.execute_wrapper(recorder):
        yield recorder
