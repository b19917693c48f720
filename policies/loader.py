"""Here: reading a pack file into data, refusing everything unknown. Not here: what rules mean (engine.py)."""

import hashlib
import tomllib
from collections.abc import Mapping
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
from policies.predicates import PREDICATES
from policies.vocabulary import nearest

FOLDER = Path(__file__).parent / "packs"
CHECK_KEYS = {each.name for each in fields(Check)}
RULE_KEYS = CHECK_KEYS | {each.name for each in fields(Rule)} - {"checks"} | {"also"}
STATUSES = ("enforced", "shown", "not_enforceable")
BASES = ("text", "scope", "competence", "duty", "none")
SEVERITIES = ("refuse", "flag")


class PackError(ValueError):
    """A pack that cannot be used. The message names the pack, the entry and what is wrong, with the nearest known name."""


@cache
def load(code: str) -> Pack:
    """The pack of this code from the packs folder, with its parts (`<code>.<part>.toml`). Raises PackError."""
    if code not in available():
        raise PackError(f"no pack {code!r}{nearest(code, available())}")
    paths = [FOLDER / f"{code}.toml", *sorted(FOLDER.glob(f"{code}.*.toml"))]
    return parse("\n".join(path.read_text(encoding="utf-8") for path in paths))


def available() -> list[str]:
    """Codes of all packs in the folder."""
    return sorted(path.stem for path in FOLDER.glob("*.toml") if "." not in path.stem)


def parse(text: str) -> Pack:
    """Read the text of a pack. Raises PackError for bad TOML, unknown keys, tests, references and duplicate ids."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"not valid TOML: {error}") from error
    head = dict(data.pop("pack", {}))
    code = head.get("code", "?")
    pack = _build(
        Pack,
        head
        | {
            "scope": _conditions(head.get("scope", []), f"{code} scope"),
            "claims": _conditions(head.get("claims", []), f"{code} claims"),
            "offices": data.pop("offices", {}),
            "routes": tuple(_build(Route, entry, f"{code} route") for entry in data.pop("route", [])),
            "moves": {name: _build(MoveSpec, spec, f"{code} moves.{name}") for name, spec in data.pop("moves", {}).items()},
            "records": {
                name: _build(RecordSpec, spec, f"{code} records.{name}") for name, spec in data.pop("records", {}).items()
            },
            "papers": {
                name: _build(PaperSpec, spec, f"{code} papers.{name}") for name, spec in data.pop("papers", {}).items()
            },
            "rules": tuple(_rule(entry, code) for entry in data.pop("rule", [])),
            "materials": tuple(_conditional(MaterialSpec, entry, f"{code} material") for entry in data.pop("material", [])),
            "deadlines": tuple(_conditional(DeadlineSpec, entry, f"{code} deadline") for entry in data.pop("deadline", [])),
            "reports": tuple(_build(ReportSpec, entry, f"{code} report") for entry in data.pop("report", [])),
            "escalation": _escalation(data.pop("escalation", None), code),
            "notices": tuple(_build(NoticeSpec, entry, f"{code} notice") for entry in data.pop("notice", [])),
            "parameters": tuple(_build(ParameterSpec, entry, f"{code} parameter") for entry in data.pop("parameter", [])),
            "stages": tuple(data.pop("stage", [])),
            "text": text,
            "digest": hashlib.sha256(text.encode()).hexdigest(),
        },
        f"{code} pack",
    )
    if data:
        raise PackError(f"{code}: unknown tables {', '.join(sorted(data))}")
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
            raise PackError(f"{where}: unknown field {key!r}{nearest(key, known)}")
    missing = [
        name
        for name, each in known.items()
        if each.default is MISSING and each.default_factory is MISSING and name not in entry
    ]
    if missing:
        raise PackError(f"{where}: needs {', '.join(missing)}")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})


def _escalation(entry: Mapping[str, Any] | None, code: str) -> EscalationSpec | None:
    return _build(EscalationSpec, entry, f"{code} escalation") if entry else None


def _conditional(kind: type, entry: Mapping[str, Any], where: str) -> Any:
    where = f"{where} {entry.get('code', '?')}"
    given = {name: _conditions(entry[name], where) for name in ("when", "met_when") if name in entry}
    return _build(kind, dict(entry) | given, where)


def _rule(entry: Mapping[str, Any], code: str) -> Rule:
    where = f"{code} rule {entry.get('id', '?')}"
    for key in entry:
        if key not in RULE_KEYS:
            raise PackError(f"{where}: unknown field {key!r}{nearest(key, RULE_KEYS)}")
    own = {key: value for key, value in entry.items() if key not in CHECK_KEYS and key != "also"}
    inline = {key: value for key, value in entry.items() if key in CHECK_KEYS}
    parts = ([inline] if inline else []) + list(entry.get("also", []))
    rule = _build(Rule, own | {"checks": tuple(_check(part, where) for part in parts)}, where)
    if rule.status not in STATUSES:
        raise PackError(f"{where}: status {rule.status!r}{nearest(rule.status, STATUSES)}")
    if rule.basis not in BASES:
        raise PackError(f"{where}: basis {rule.basis!r}{nearest(rule.basis, BASES)}")
    if rule.status == "not_enforceable" and not rule.because:
        raise PackError(f"{where}: not_enforceable needs `because`")
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
        raise PackError(f"{where}: severity {check.severity!r}{nearest(check.severity, SEVERITIES)}")
    if not (check.moves or check.records or check.standing):
        raise PackError(f"{where}: a check needs moves, records or standing = true")
    return check


def _conditions(entries: Any, where: str) -> tuple[Condition, ...]:
    return tuple(_condition(entry, where) for entry in entries)


def _condition(entry: Mapping[str, Any], where: str) -> Condition:
    if "any" in entry:
        return _build(Condition, dict(entry) | {"any": _conditions(entry["any"], where)}, where)
    condition = _build(Condition, entry, where)
    if condition.test not in PREDICATES:
        raise PackError(f"{where}: unknown test {condition.test!r}{nearest(condition.test, PREDICATES)}")
    bounds = [name for name in ("value", "other", "parameter") if entry.get(name) not in (None, "")]
    if len(bounds) != (0 if PREDICATES[condition.test].unary else 1):
        raise PackError(f"{where}: {condition.fact} {condition.test} needs exactly one of value, other, parameter")
    return condition


def _check_references(pack: Pack) -> None:
    if pack.validity not in VALIDITIES:
        raise PackError(f"{pack.code}: validity {pack.validity!r}{nearest(pack.validity, VALIDITIES)}")
    seen: set[str] = set()
    for rule in pack.rules:
        if rule.id in seen:
            raise PackError(f"{pack.code}: rule {rule.id} stands twice")
        seen.add(rule.id)
    named = [(f"moves.{name}", spec.rule) for name, spec in pack.moves.items()]
    named += [(f"records.{name}", each) for name, spec in pack.records.items() for each in (spec.rule, spec.closed_rule)]
    named += [(f"papers.{name}", each) for name, spec in pack.papers.items() for each in spec.cites]
    for group in (pack.materials, pack.deadlines, pack.reports, pack.notices):
        named += [(f"{type(spec).__name__} {spec.code}", spec.rule) for spec in group]
    if pack.escalation:
        named.append(("escalation", pack.escalation.rule))
    named.append(("claims_rule", pack.claims_rule))
    for where, rule_id in named:
        if rule_id and rule_id not in seen:
            raise PackError(f"{pack.code} {where}: unknown rule {rule_id!r}{nearest(rule_id, seen)}")
    roles = set(pack.offices) | {"applicant"}
    held = [(f"moves.{name}", spec.by) for name, spec in pack.moves.items()]
    held += [(f"records.{name}", spec.by) for name, spec in pack.records.items()]
    held += [(f"papers.{name}", tuple(filter(None, (spec.issuer, *spec.copies)))) for name, spec in pack.papers.items()]
    held += [("sees_below", pack.sees_below or ())]
    for where, by in held:
        for role in by:
            if role not in roles:
                raise PackError(f"{pack.code} {where}: unknown office {role!r}{nearest(role, roles)}")
    if pack.claims and not any(not route.kinds and not route.origins for route in pack.routes):
        raise PackError(f"{pack.code} claims: needs a route for every kind and origin, for what comes from below")
    for name, move in pack.moves.items():
        if move.paper and move.paper not in pack.papers:
            known = ", ".join(pack.papers) or "none"
            raise PackError(f"{pack.code} moves.{name}: unknown paper {move.paper!r}, there are {known}")
