"""Here: what evidence a project has, asked once while the facts stand. Not here: kinds of evidence, putting any on file.

A rule asks for one kind after the other, and most of them have nothing on file: one statement tells for all of them.
"""

from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import Exists, OuterRef

from projects.judgement import once, standing
from projects.models.declared import DeclaredRecord
from projects.models.record import StageRecord

ANY = -1  # the key that the statement is put into words for


def records(project, kind) -> list[Any]:
    """All valid records of one kind of evidence, newest first; of the filing the project itself."""
    if not issubclass(kind.model, StageRecord):
        return [project]
    if not standing(project):
        return list(kind.valid(project))
    if kind.declared:
        return once(project, "records of declared kinds", _declared).get(kind.name, [])
    return newest_first(project, kind.model)


def newest_first(project, model: type[StageRecord]) -> list[Any]:
    """The valid records of the project in one table, newest first."""
    return once(project, f"records in {model._meta.label}", lambda each: _fetched(each, model))


def newest(project, model: type[StageRecord]) -> Any:
    """The newest valid record of the project in one table, or None."""
    if standing(project):
        return next(iter(newest_first(project, model)), None)
    return _valid(project, model).first()


def nothing_on_file(project, model: type[models.Model]) -> bool:
    """Whether it is known, while the facts stand, that the project has no row in a table of evidence, void ones included."""
    return standing(project) and model in _tables() and model not in once(project, "tables with rows", _with_rows)


def _valid(project, model: type[StageRecord]) -> models.QuerySet:
    return model.objects.filter(project=project, voided_at=None).order_by("-id")


def _declared(project) -> dict[str, list[DeclaredRecord]]:
    found: dict[str, list[DeclaredRecord]] = {}
    for row in _fetched(project, DeclaredRecord):
        found.setdefault(row.name, []).append(row)
    return found


def _fetched(project, model: type[StageRecord]) -> list[Any]:
    found = [] if nothing_on_file(project, model) else list(_valid(project, model))
    for row in found:
        row.project = project
    return found


@cache
def _tables() -> tuple[type[StageRecord], ...]:
    from projects.evidence import EVIDENCE

    found = {kind.model: None for kind in EVIDENCE.values() if issubclass(kind.model, StageRecord)}
    return tuple(found)


def _with_rows(project) -> set[type[StageRecord]]:
    statement, values = _statement()
    with connection.cursor() as cursor:
        cursor.execute(statement, [project.pk if value == ANY else value for value in values])
        row = cursor.fetchone() or ()
    return {model for model, there in zip(_tables(), row, strict=False) if there}


@cache
def _statement() -> tuple[str, tuple]:
    """Put into words once: the ORM takes ten times longer for that than the database to answer."""
    from projects.models import Project

    there = {f"has_{at}": Exists(model.objects.filter(project=OuterRef("pk")).order_by()) for at, model in enumerate(_tables())}
    return Project.objects.filter(pk=ANY).values_list(*there.values()).query.sql_with_params()
