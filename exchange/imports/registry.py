"""Here: which lists can be brought in from a workbook, by whom, and what their columns are. Not here: reading files, pages.

A room registers a list in `<room>/imports.py` as a class with `name`, `label`, `help`, `columns`, and the methods below.
A row is checked by the same form that its page uses: there is one input check.
"""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404

from organizations.models import User
from papers.excel import TEXT

SHOWN, FEW = 30, 12
BLURRED = "≈"


@dataclass(frozen=True)
class Field:
    """A column of the template: the form's field it fills, and what people should know about it.

    `choices` are the words that may stand in it; `value(text)` turns a word into what the form takes.
    """

    label: str
    name: str
    required: bool = False
    note: str = ""
    example: str = ""
    kind: str = TEXT
    choices: tuple[str, ...] = ()
    value: Callable[[str], Any] | None = None

    @property
    def said(self) -> str:
        """The choices in few words."""
        more = f"等 {len(self.choices)} 个(见模板的下拉列表)" if len(self.choices) > FEW else ""
        return "、".join(self.choices[: FEW if not more else 3]) + more

    def read(self, text: str) -> Any:
        """What the form takes for the text of a cell. Raises ValidationError for a word that is no choice."""
        if text.startswith(BLURRED):
            raise ValidationError("数字超过 15 位,Excel 会改动末几位;请先把单元格设为文本格式再填写。", code="blurred")
        if self.choices and text and text not in self.choices:
            near = get_close_matches(text, self.choices, n=1)
            hint = f"是不是“{near[0]}”?" if near else f"可以填:{self.said}。"
            raise ValidationError(f"没有“{text[:SHOWN]}”这个选项;{hint}", code="choice")
        return self.value(text) if self.value and text else text


class Import:
    """A kind of list. Subclass it and decorate with @importer."""

    name: str
    label: str
    help: str = ""
    whose: str = ""  # who brings it in, said to whoever may not
    about_project = False
    together = False  # whether all rows are one thing that is written at once

    def may(self, user: User, project=None) -> bool:
        """Whether this person may bring it in (for this project)."""
        raise NotImplementedError

    def fields(self, user: User, project=None) -> list[Field]:
        """The columns of the template for this person."""
        raise NotImplementedError

    def check(self, data: dict, user: User, project=None):
        """The bound form of one row; `data` by the names of the fields."""
        raise NotImplementedError

    def save(self, forms: list, user: User, project=None) -> list[str]:
        """Write valid rows in their order, within the caller's transaction; what was written, in words, row by row."""
        raise NotImplementedError

    def project(self, user: User, number: str):
        """The project of that number if this person may see it; only for lists about a project. Raises Http404."""
        raise Http404

    def done(self, project=None) -> str:
        """The address where the written rows are seen."""
        raise NotImplementedError


_imports: dict[str, Import] = {}


def importer(kind: type[Import]) -> type[Import]:
    """Register a kind of list."""
    if kind.name in _imports:
        raise ValueError(f"the import {kind.name} is registered twice")
    _imports[kind.name] = kind()
    return kind


def offered(user: User) -> list[Import]:
    """What this person can bring in that is about no single project."""
    return [each for each in _imports.values() if not each.about_project and each.may(user)]


def find(name: str) -> Import:
    """The kind of that name. Raises Http404."""
    if name not in _imports:
        raise Http404
    return _imports[name]
