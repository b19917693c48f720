"""Here: kinds of evidence declared as data (records/*.toml), read and checked. Not here: their forms (projects.declared).

A pack's [records.<name>] says who puts such a record on file; any pack may use any kind.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from policies.vocabulary import nearest

FOLDER = Path(__file__).parent / "records"
TYPES = ("text", "long_text", "date", "money", "number", "percent", "flag", "choice", "choices", "file", "lines")
IN_A_ROW = tuple(each for each in TYPES if each not in ("lines", "choices", "long_text"))
NAME = re.compile(r"[a-z][a-z0-9_]*")
TAKEN = {"id", "pk", "name", "kind", "data", "project", "recorded_by", "recorded_role", "recorded_at", "recorded_on", "count"}


class RecordKindError(ValueError):
    """A declaration that cannot be used; the message names file, entry and what is wrong."""


@dataclass(frozen=True)
class FieldSpec:
    """One field of a declared record. `example` is what scenarios fill in: plain data, for dates `today`, `today+30`,
    for numbers `year`.

    `not_before` names an earlier date field of the same record; `past` dates may not lie ahead of today. `columns` are
    the fields of one row where `type` is lines. An amount that `approves` becomes the project's investment.
    """

    name: str
    label: str
    type: str = "text"
    required: bool = True
    choices: tuple[str, ...] = ()
    example: Any = None
    help: str = ""
    not_before: str = ""
    past: bool = False
    columns: tuple["FieldSpec", ...] = ()
    approves: bool = False


@dataclass(frozen=True)
class RecordKind:
    """A kind of evidence as data: in which stage's section it stands and in which states of the chain it is open."""

    name: str
    label: str
    stage: str
    open_from: str
    open_to: str
    fields: tuple[FieldSpec, ...]
    repeats: bool = True
    voidable: bool = True
    help: str = ""

    def field(self, name: str) -> FieldSpec:
        """The field of this name. Raises KeyError."""
        return {each.name: each for each in self.fields}[name]


@cache
def record_kinds() -> dict[str, RecordKind]:
    """Every declared kind by name. Raises RecordKindError."""
    found: dict[str, RecordKind] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for kind in parse(path.read_text(encoding="utf-8"), path.name):
            if kind.name in found:
                raise RecordKindError(f"{path.name}: {kind.name} is declared twice")
            found[kind.name] = kind
    return found


def parse(text: str, where: str = "records") -> list[RecordKind]:
    """Read the text of one file. Raises RecordKindError for bad TOML, unknown keys and types."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise RecordKindError(f"{where}: not valid TOML: {error}") from error
    entries = data.pop("record", [])
    if data:
        raise RecordKindError(f"{where}: unknown tables {', '.join(sorted(data))}")
    return [_kind(entry, f"{where} {entry.get('name', '?')}") for entry in entries]


def _kind(entry: Mapping[str, Any], where: str) -> RecordKind:
    specs = tuple(_field(each, f"{where}.{each.get('name', '?')}", TYPES) for each in entry.get("field", []))
    known = {key: value for key, value in entry.items() if key != "field"}
    kind = _build(RecordKind, {**known, "fields": specs}, where)
    names = [each.name for each in specs]
    if not NAME.fullmatch(kind.name) or len(set(names)) != len(names) or not names:
        raise RecordKindError(f"{where}: needs a name in small letters and fields of different names")
    for each in specs:
        if each.not_before and each.not_before not in names:
            raise RecordKindError(
                f"{where}.{each.name}: unknown field {each.not_before!r}{nearest(each.not_before, names)}"
            )
    return kind


def _field(entry: Mapping[str, Any], where: str, types: tuple[str, ...]) -> FieldSpec:
    columns = tuple(_field(each, f"{where}.{each.get('name', '?')}", IN_A_ROW) for each in entry.get("column", []))
    known = {key: tuple(value) if key == "choices" else value for key, value in entry.items() if key != "column"}
    spec = _build(FieldSpec, {**known, "columns": columns}, where)
    if spec.type not in types:
        raise RecordKindError(f"{where}: unknown type {spec.type!r}{nearest(spec.type, types)}")
    if not NAME.fullmatch(spec.name) or (types is TYPES and spec.name in TAKEN):
        raise RecordKindError(f"{where}: {spec.name!r} cannot be the name of a field")
    if spec.approves and spec.type != "money":
        raise RecordKindError(f"{where}: only an amount approves")
    if bool(spec.choices) != (spec.type in ("choice", "choices")) or bool(columns) != (spec.type == "lines"):
        raise RecordKindError(f"{where}: choices go with choice(s), columns with lines")
    return spec


def _build(kind: type, entry: Mapping[str, Any], where: str) -> Any:
    known = [each.name for each in fields(kind)]
    for key in entry:
        if key not in known:
            raise RecordKindError(f"{where}: unknown key {key!r}{nearest(key, known)}")
    try:
        return kind(**entry)
    except TypeError as error:
        raise RecordKindError(f"{where}: {error}") from error
