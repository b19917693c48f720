"""Here: finding projects by name, number, unit and pinyin. Not here: who may see them (scope.py), the page.

`search_text` holds everything a project is found by, in lower case. PostgreSQL narrows by an index over pairs of
characters, since Chinese words often have two; elsewhere the text is read.
"""

import unicodedata
from dataclasses import dataclass

from django.db import connection, connections
from django.db.models import BooleanField, F, Func, QuerySet, TextField, Value

LONGEST = 100
GROUP_SIZE = 50

INDEX = [
    "CREATE OR REPLACE FUNCTION egov_bigrams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ "
    "SELECT COALESCE(array_agg(DISTINCT substr(words, at, 2)), '{}') FROM generate_series(1, length(words) - 1) at $$",
    "CREATE INDEX IF NOT EXISTS project_search ON projects_project USING gin (egov_bigrams(search_text))",
]


def install(using: str = "default", **kwargs) -> None:
    """After migrate: the function and the index on PostgreSQL, where they are not there yet."""
    database = connections[using]
    if database.vendor == "postgresql" and "projects_project" in database.introspection.table_names():
        with database.cursor() as cursor:
            for statement in INDEX:
                cursor.execute(statement)


def plain(text: str) -> str:
    """As it is compared: full width made half width, lower case, one blank between words."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def text_of(number: str, name: str, unit: str, short_name: str) -> str:
    """Everything a project is found by: number, names, and the pinyin of the names, whole and by initials."""
    said = [plain(each) for each in (number, name, unit, short_name) if each]
    return "\n".join([*said, *(sound for each in (name, unit) if each for sound in pinyin(each))])


def pinyin(words: str) -> tuple[str, str]:
    """智慧城管 → zhihuichengguan, zhcg; what is not Chinese stays, blanks go."""
    from pypinyin import Style, lazy_pinyin  # half a second to load, and only writers need it

    whole = "".join(lazy_pinyin(words))
    initials = "".join(lazy_pinyin(words, style=Style.FIRST_LETTER))
    return plain(whole).replace(" ", ""), plain(initials).replace(" ", "")


class Pairs(Func):
    """The pairs of characters of a text, as the index holds them."""

    function = "egov_bigrams"
    output_field = TextField()


class HoldsPairs(Func):
    """Whether the first text holds every pair of the second."""

    template = "(%(expressions)s)"
    arg_joiner = " @> "
    output_field = BooleanField()


def matching(projects: QuerySet, words: str) -> QuerySet:
    """The projects in whose text every word occurs, in any order."""
    for word in plain(words[:LONGEST]).split():
        if connection.vendor == "postgresql" and len(word) > 1:
            projects = projects.filter(HoldsPairs(Pairs(F("search_text")), Pairs(Value(word))))
        projects = projects.filter(search_text__contains=word)
    return projects


@dataclass(frozen=True)
class Group:
    """Hits of one sort: by number, by name, by unit, by pinyin."""

    label: str
    rows: list


def found(projects: QuerySet, words: str) -> tuple[list[Group], bool]:
    """Hits among the visible `projects`, those by number first, and whether there are more. Two queries."""
    asked = plain(words[:LONGEST])
    if not asked:
        return [], False
    shown = projects.select_related("department", "jurisdiction").order_by("-id")
    by_number = list(shown.filter(number__startswith=asked.upper())[:10]) if asked.isascii() else []
    rest = [each for each in matching(shown, asked)[: GROUP_SIZE + 1] if each not in by_number]
    groups: dict[str, list] = {"编号": by_number, "项目名称": [], "建设单位": [], "拼音": []}
    for each in rest[:GROUP_SIZE]:
        groups[_sort(each, asked)].append(each)
    return [Group(label, rows) for label, rows in groups.items() if rows], len(rest) > GROUP_SIZE


def _sort(project, asked: str) -> str:
    words = asked.split()
    fields = {"编号": project.number, "项目名称": project.name, "建设单位": project.department.name}
    return next((label for label, text in fields.items() if all(word in plain(text) for word in words)), "拼音")


def reindex(projects: QuerySet, *, at_once: int = 500) -> int:
    """Write the text anew where it is not what it should be; returns how many were written."""
    written = 0
    fields = ("pk", "search_text", "number", "name", "department__name", "department__short_name")
    last = 0
    while rows := list(projects.filter(pk__gt=last).order_by("pk").values_list(*fields)[:at_once]):
        for pk, before, *parts in rows:
            text = text_of(*parts)
            if text != before:
                written += projects.model.objects.filter(pk=pk).update(search_text=text)
        last = rows[-1][0]
    return written
