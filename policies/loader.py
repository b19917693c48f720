"""Here: reading a pack file into data, refusing everything unknown. Not here: what rules mean (engine.py)."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from policies.pack import (
    VALIDITIES,
    Check,
    Condition,
    DeadlineSpec,
    EscalationSpec,
    MaterialSpec,
    MoveSpec,
    NoticeSpec,
    Pack,
    PaperSpec,
    ParameterSpec,
    RecordSpec,
    ReportSpec,
    Route,
    Rule,
)
from policies.places import placed, spot, trouble
from policies.predicates import PREDICATES
from policies.vocabulary import nearest

FOLDER = Path(__file__).parent / "packs"
CHECK_KEYS = {each.name for each in fields(Check)}
RULE_KEYS = CHECK_KEYS | {each.name for each in fields(Rule)} - {"checks"} | {"also"}
STAGE_KEYS = ("name", "article", "states")
TABLES = (
    "pack", "offices", "stage", "route", "moves", "records", "papers", "rule", "material", "deadline", "report",
    "escalation", "notice", "parameter",
)  # fmt: skip
STATUSES = ("enforced", "shown", "not_enforceable")
BASES = ("text", "scope", "competence", "duty", "none")
SEVERITIES = ("refuse", "flag")


class PackError(ValueError):
    """A pack that cannot be used. The message names the entry and what is wrong, with the nearest known name.

    `line` is where that stands in the text, as far as known.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


@cache
def load(code: str) -> Pack:
    """The pack of this code from the packs folder, with its parts (`<code>.<part>.toml`). Raises PackError."""
    if code not in available():
        raise PackError(f"没有规则包“{code}”{nearest(code, available())}")
    return read_pack(files(code))


def files(code: str) -> list[Path]:
    """The file of a pack, then its parts."""
    return [FOLDER / f"{code}.toml", *sorted(FOLDER.glob(f"{code}.*.toml"))]


def read_pack(paths: Sequence[Path]) -> Pack:
    """The pack in these files. Raises PackError with file and line."""
    try:
        return parse("\n".join(path.read_text(encoding="utf-8") for path in paths))
    except (PackError, UnicodeDecodeError) as error:
        raise PackError(placed(str(error), getattr(error, "line", None), paths)) from error


def available() -> list[str]:
    """Codes of all packs in the folder."""
    return sorted(path.stem for path in FOLDER.glob("*.toml") if "." not in path.stem)


def located(pack: Pack, messages: Iterable[str], paths: Sequence[Path] = ()) -> list[str]:
    """Messages about a pack with the file and line each is about; `paths` when it is not one of the house."""
    return [placed(message, spot(pack.text, message), paths or files(pack.code)) for message in messages]


def parse(text: str) -> Pack:
    """Read the text of a pack. Raises PackError for bad TOML, unknown keys, tests, references and duplicate ids."""
    try:
        return _parse(text)
    except PackError as error:
        error.line = error.line or spot(text, str(error))
        raise


def _parse(text: str) -> Pack:
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PackError(*trouble(error, text)) from error
    head = dict(data.pop("pack", {}))
    pack = _build(
        Pack,
        head
        | {
            "scope": _conditions(head.get("scope", []), "scope"),
            "claims": _conditions(head.get("claims", []), "claims"),
            "offices": data.pop("offices", {}),
            "routes": tuple(_build(Route, entry, "route") for entry in data.pop("route", [])),
            "moves": {name: _build(MoveSpec, spec, f"moves.{name}") for name, spec in data.pop("moves", {}).items()},
            "records": {
                name: _build(RecordSpec, spec, f"records.{name}") for name, spec in data.pop("records", {}).items()
            },
            "papers": {
                name: _build(PaperSpec, spec, f"papers.{name}") for name, spec in data.pop("papers", {}).items()
            },
            "rules": tuple(_rule(entry) for entry in data.pop("rule", [])),
            "materials": tuple(_conditional(MaterialSpec, entry, "material") for entry in data.pop("material", [])),
            "deadlines": tuple(_conditional(DeadlineSpec, entry, "deadline") for entry in data.pop("deadline", [])),
            "reports": tuple(_build(ReportSpec, entry, "report") for entry in data.pop("report", [])),
            "escalation": _escalation(data.pop("escalation", None)),
            "notices": tuple(_build(NoticeSpec, entry, "notice") for entry in data.pop("notice", [])),
            "parameters": tuple(_build(ParameterSpec, entry, "parameter") for entry in data.pop("parameter", [])),
            "stages": tuple(_stage(entry) for entry in data.pop("stage", [])),
            "text": text,
            "digest": hashlib.sha256(text.encode()).hexdigest(),
        },
        "pack",
    )
    if data:
        raise PackError(f"没有这样的表:{'、'.join(sorted(data))}{nearest(min(data), TABLES)}")
    _check_references(pack)
    whole = [_with_materials(rule, pack) for rule in pack.rules]
    return replace(pack, rules=tuple(whole if pack.binding else map(_pointing_out, whole)))


def _pointing_out(rule: Rule) -> Rule:
    """A rule of an instrument that binds nobody: whatever it would refuse it points out."""
    return replace(rule, checks=tuple(replace(check, severity="flag") for check in rule.checks))


def _with_materials(rule: Rule, pack: Pack) -> Rule:
    """A required document is a rule in short form: its slots become checks of the rule that asks for them."""
    slots = [spec for spec in pack.materials if spec.rule == rule.id and spec.moves and spec.required != "optional"]
    checks = []
    for group in dict.fromkeys(spec.group or spec.code for spec in slots):
        members = [spec for spec in slots if (spec.group or spec.code) == group]
        answers = ["定稿", "无此件"] if members[0].required == "if_exists" else ["定稿"]
        wants = tuple(
            Condition(fact=f"material.{spec.code}", test="one_of", value=answers, label=spec.name) for spec in members
        )
        names = " 或 ".join(spec.name for spec in members)
        want = f"应答复“{names}”:上传或注明无此件。" if len(answers) > 1 else f"应提交“{names}”(定稿)。"
        checks.append(
            Check(
                moves=members[0].moves,
                when=members[0].when,
                require=wants if len(wants) == 1 else (Condition(any=wants),),
                message=want,
                remedy=f"material:{members[0].code}",
            )
        )
    return replace(rule, checks=(*rule.checks, *checks))


def _build(kind: type, entry: Mapping[str, Any], where: str) -> Any:
    known = {each.name: each for each in fields(kind)}
    for key in entry:
        if key not in known:
            raise PackError(f"{where}:没有“{key}”这一项{nearest(key, known)}")
    missing = [
        name
        for name, each in known.items()
        if each.default is MISSING and each.default_factory is MISSING and name not in entry
    ]
    if missing:
        raise PackError(f"{where}:还缺 {'、'.join(missing)}")
    for key, value in entry.items():
        if isinstance(value, str) and str(known[key].type).startswith("tuple["):
            raise PackError(f'{where}:“{key}”要写成列表,如 {key} = ["{value}"]')
        if isinstance(value, str) and "date" in str(known[key].type):
            raise PackError(f"{where}:“{key}”是日期,不加引号,如 {key} = 2026-01-01")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})


def _escalation(entry: Mapping[str, Any] | None) -> EscalationSpec | None:
    return _build(EscalationSpec, entry, "escalation") if entry else None


def _stage(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    where = f"stage {entry.get('name', '?')}"
    for key in entry:
        if key not in STAGE_KEYS:
            raise PackError(f"{where}:没有“{key}”这一项{nearest(key, STAGE_KEYS)}")
    if missing := [key for key in STAGE_KEYS if key not in entry and key != "article"]:
        raise PackError(f"{where}:还缺 {'、'.join(missing)}")
    return entry


def _conditional(kind: type, entry: Mapping[str, Any], where: str) -> Any:
    where = f"{where} {entry.get('code', '?')}"
    given = {name: _conditions(entry[name], where) for name in ("when", "met_when") if name in entry}
    return _build(kind, dict(entry) | given, where)


def _rule(entry: Mapping[str, Any]) -> Rule:
    where = f"rule {entry.get('id', '?')}"
    for key in entry:
        if key not in RULE_KEYS:
            raise PackError(f"{where}:没有“{key}”这一项{nearest(key, RULE_KEYS)}")
    own = {key: value for key, value in entry.items() if key not in CHECK_KEYS and key != "also"}
    inline = {key: value for key, value in entry.items() if key in CHECK_KEYS}
    parts = ([inline] if inline else []) + list(entry.get("also", []))
    rule = _build(Rule, own | {"checks": tuple(_check(part, where) for part in parts)}, where)
    if rule.status not in STATUSES:
        raise PackError(f"{where}:status 没有“{rule.status}”,有 {'、'.join(STATUSES)}")
    if rule.basis not in BASES:
        raise PackError(f"{where}:basis 没有“{rule.basis}”,有 {'、'.join(BASES)}")
    if rule.status == "not_enforceable" and not rule.because:
        raise PackError(f"{where}:status 为“not_enforceable”的要用 because 写明理由")
    return rule


def _check(entry: Mapping[str, Any], where: str) -> Check:
    check = _build(
        Check,
        dict(entry)
        | {
            "when": _conditions(entry.get("when", []), where),
            "require": _conditions(entry.get("require", []), where),
        },
        where,
    )
    if check.severity not in SEVERITIES:
        raise PackError(f"{where}:severity 没有“{check.severity}”,有 {'、'.join(SEVERITIES)}")
    if not (check.moves or check.records or check.standing):
        raise PackError(f"{where}:要写明何时检查:moves(办理时)、records(登记时)或 standing = true(一直)")
    return check


def _conditions(entries: Any, where: str) -> tuple[Condition, ...]:
    return tuple(_condition(entry, where) for entry in entries)


def _condition(entry: Mapping[str, Any], where: str) -> Condition:
    if "any" in entry:
        return _build(Condition, dict(entry) | {"any": _conditions(entry["any"], where)}, where)
    condition = _build(Condition, entry, where)
    if condition.test not in PREDICATES:
        raise PackError(f"{where}:没有“{condition.test}”这种比较{nearest(condition.test, PREDICATES)}")
    bounds = [name for name in ("value", "other", "parameter") if entry.get(name) not in (None, "")]
    if PREDICATES[condition.test].unary and bounds:
        raise PackError(f"{where}:“{condition.fact}”用 {condition.test} 时不写 {'、'.join(bounds)}")
    if not PREDICATES[condition.test].unary and len(bounds) != 1:
        raise PackError(f"{where}:“{condition.fact}”用 {condition.test} 时,value、other、parameter 要写且只写一个")
    return condition


def _check_references(pack: Pack) -> None:
    if pack.validity not in VALIDITIES:
        raise PackError(f"pack:validity 没有“{pack.validity}”,有 {'、'.join(VALIDITIES)}")
    seen: set[str] = set()
    for rule in pack.rules:
        if rule.id in seen:
            raise PackError(f"rule {rule.id}:编号“{rule.id}”写了两次")
        seen.add(rule.id)
    named = [(f"moves.{name}", spec.rule) for name, spec in pack.moves.items()]
    named += [
        (f"records.{name}", each) for name, spec in pack.records.items() for each in (spec.rule, spec.closed_rule)
    ]
    named += [(f"papers.{name}", each) for name, spec in pack.papers.items() for each in spec.cites]
    for group in (pack.materials, pack.deadlines, pack.reports, pack.notices):
        named += [(f"{type(spec).__name__.removesuffix('Spec').lower()} {spec.code}", spec.rule) for spec in group]
    if pack.escalation:
        named.append(("escalation", pack.escalation.rule))
    named.append(("pack", pack.claims_rule))
    for where, rule_id in named:
        if rule_id and rule_id not in seen:
            raise PackError(f"{where}:没有编号为“{rule_id}”的规则{nearest(rule_id, seen)}")
    roles = set(pack.offices) | {"applicant"}
    held = [(f"moves.{name}", spec.by) for name, spec in pack.moves.items()]
    held += [(f"records.{name}", spec.by) for name, spec in pack.records.items()]
    held += [(f"papers.{name}", tuple(filter(None, (spec.issuer, *spec.copies)))) for name, spec in pack.papers.items()]
    held += [("pack", pack.sees_below or ())]
    for where, by in held:
        for role in by:
            if role not in roles:
                raise PackError(f"{where}:[offices] 里没有“{role}”{nearest(role, roles)}")
    if pack.claims and not any(not route.kinds and not route.origins for route in pack.routes):
        raise PackError("pack:有“claims”的,要有一条不写 kinds 和 origins 的路线,供下级报来的项目使用")
    issued = [(f"moves.{name}", spec.paper) for name, spec in pack.moves.items()]
    issued += [(f"records.{name}", spec.paper) for name, spec in pack.records.items()]
    for where, paper in issued:
        if paper and paper not in pack.papers:
            raise PackError(f"{where}:[papers] 里没有“{paper}”{nearest(paper, pack.papers)}")
