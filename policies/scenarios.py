"""Here: reading a scenario file into data, refusing every unknown name. Not here: playing it (egov_projects/scenarios)."""

import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from policies.loader import PackError, available, load
from policies.pack import Pack
from policies.places import trouble
from policies.scenario_data import (
    CHECK_KEYS,
    COMMON,
    EXPECTATIONS,
    HEAD_KEYS,
    PEOPLE,
    PROJECT_KEYS,
    VERBS,
    BookCheck,
    Names,
    Scenario,
    ScenarioError,
    Setup,
    Step,
    fact_names,
    known,
    typed,
)

FOLDER = Path(__file__).parent / "scenarios"
DEFAULT_DAY = date(2026, 3, 2)


def files(paths: Collection[str | Path]) -> list[Path]:
    """The scenario files among these files and folders, in order. Raises ScenarioError for a path without any."""
    found: list[Path] = []
    for path in map(Path, paths):
        here = sorted(path.rglob("*.toml")) if path.is_dir() else [path]
        if not here or not all(each.is_file() for each in here):
            raise ScenarioError(f"{path} 里没有样例")
        found += here
    return list(dict.fromkeys(found))


def of(code: str) -> list[Path]:
    """The scenario files of a pack, in order; none where there are none yet."""
    return sorted((FOLDER / code).rglob("*.toml"))


def read(path: Path, names: Names) -> Scenario:
    """The scenario in a file. Raises ScenarioError for bad TOML and every unknown key or name."""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        said, line = trouble(error, text)
        raise ScenarioError(f"第 {line} 行 {said}") from error
    return parse(data, names, path=str(path))


def parse(data: Mapping[str, Any], names: Names, *, path: str = "") -> Scenario:
    """A scenario from plain data. Raises ScenarioError."""
    known(data, HEAD_KEYS, "scenario")
    for key in ("title", "pack"):
        if not isinstance(data.get(key), str):
            raise ScenarioError(f"scenario:还缺 {key}")
    known([data["pack"]], available(), "pack")
    try:
        pack = load(data["pack"])
    except PackError as error:
        raise ScenarioError(str(error)) from error
    clauses = tuple(data.get("clauses", ()))
    known(clauses, pack.by_id, "clauses")
    steps_data = data.get("step", [])
    setup = _setup(data.get("project", {}), pack, names, steps_data) if "project" in data or steps_data else None
    steps = tuple(_steps(steps_data, pack, names, setup.on)) if setup else ()
    checks = tuple(_check(entry, number, pack) for number, entry in enumerate(data.get("check", []), start=1))
    if not steps and not checks:
        raise ScenarioError("scenario:至少要有一个 [[step]] 或 [[check]]")
    return Scenario(path, data["title"], pack, clauses, setup, steps, checks)


def _setup(data: Mapping[str, Any], pack: Pack, names: Names, steps: list) -> Setup:
    known(data, {*PROJECT_KEYS, *names.filing}, "project")
    kind, origin = data.get("kind", pack.kinds[0]), data.get("origin", pack.origins[0])
    known([kind], pack.kinds, "project kind")
    known([origin], pack.origins, "project origin")
    evidence = {name: dict(fields) for name, fields in data.get("evidence", {}).items()}
    filing = {key: value for key, value in data.items() if key in names.filing and key not in PROJECT_KEYS}
    _add_flags(data.get("flags", {}), filing, evidence, names)
    for name, fields in evidence.items():
        known([name], names.evidence, "project evidence")
        known(fields, names.evidence[name], f"project evidence {name}")
    slots = {spec.code for spec in pack.materials}
    known(data.get("without", ()), {*names.evidence, *slots}, "project without")
    known(data.get("unit", {}), names.unit, "project unit")
    known(data.get("batch") or {}, names.batch, "project batch")
    route = pack.route_for(kind, origin)
    at = data.get("at", "draft")
    known([at], route, "project at")
    first = next((step["on"] for step in steps if isinstance(step, Mapping) and "on" in step), DEFAULT_DAY)
    on = _day(data.get("on", first), "project on")
    given = _given_dates(data.get("dates", {}), route, names)
    return Setup(
        at=at, on=on, kind=kind, origin=origin, filing=filing, evidence=evidence,
        name=data.get("name", "智慧城管平台"),
        investment=_amount(data.get("investment", "500000.00")),
        without=frozenset(data.get("without", ())),
        dates=_dates(given, route[: route.index(at) + 1], on),
        fixed=frozenset(given),
        unit=data.get("unit", {}),
        batch=None if data.get("batch") == "" else data.get("batch", {}),
    )  # fmt: skip


def _add_flags(flags, filing: dict, evidence: dict, names: Names) -> None:
    """`flags = ["ict_based", "scope_decision.within"]` sets yes; a table says yes or no for each."""
    for name, value in (flags if isinstance(flags, Mapping) else dict.fromkeys(flags, True)).items():
        family, _, attribute = name.rpartition(".")
        if family:
            known([family], names.evidence, "project flags")
            evidence.setdefault(family, {})[attribute] = value
        else:
            known([name], names.filing, "project flags")
            filing[name] = value


def _given_dates(dates: Mapping[str, date], route: tuple[str, ...], names: Names) -> dict[str, date]:
    """The days that the scenario gives, by state; it may name a state or the move that leads there."""
    forward = {move: target for move, target in names.targets.items() if target in route}
    known(dates, {*route, *forward}, "project dates")
    return {forward.get(name, name): _day(day, "project dates") for name, day in dates.items()}


def _dates(given: Mapping[str, date], route: tuple[str, ...], on: date) -> dict[str, date]:
    """The day of each state on the way: as given, else that of the next one given, else `on`."""
    days, next_day = {}, on
    for state in reversed(route):
        day = given.get(state, next_day)
        if day > next_day:
            raise ScenarioError(f"project dates:“{state}”在 {day},晚于其后的 {next_day}")
        days[state] = next_day = day
    return days


def _steps(entries: list, pack: Pack, names: Names, on: date):
    for number, entry in enumerate(entries, start=1):
        where = f"step {number}"
        step = _step(entry, number, pack, names, _day(entry.get("on", on), where))
        if step.on < on:
            raise ScenarioError(f"{where}:{step.on} 早于上一步({on})")
        on = step.on
        yield step


def _step(entry: Mapping[str, Any], number: int, pack: Pack, names: Names, on: date) -> Step:
    where = f"step {number}"
    verbs = [verb for verb in VERBS if verb in entry]
    if len(verbs) != 1:
        known(entry, {*VERBS, *COMMON}, where)
        raise ScenarioError(f"{where}:要写且只写一个动作:{'、'.join(VERBS)}")
    verb = verbs[0]
    known(entry, {verb, *VERBS[verb], *COMMON}, f"{where} {verb}")
    given = {key: value for key, value in entry.items() if key not in (verb, "on", "by", "user")}
    by = entry.get("user") or entry.get("by") or ""
    known([by] if by else [], {*pack.offices, *PEOPLE}, f"{where} by")
    for key in ("refused_by", "flagged_by", "waived_by"):
        known(given.get(key, ()), pack.by_id, f"{where} {key}")
    known([given["state"]] if "state" in given else [], names.states, f"{where} state")
    what = _what(verb, entry, given, pack, names, where)
    return Step(number, verb, what, on, by, given)


def _what(verb: str, entry: Mapping[str, Any], given: dict, pack: Pack, names: Names, where: str) -> Any:
    """The checked value of the verb's own key."""
    what = entry[verb]
    if verb in ("waive", "parameter") and what is True:
        what = given.pop("rule" if verb == "waive" else "name", "")
    choices: dict[str, Collection[str]] = {
        "do": names.targets,
        "record": names.evidence,
        "void": names.evidence,
        "attach": {spec.code for spec in pack.materials},
        "waive": pack.by_id,
        "parameter": {spec.name for spec in pack.parameters},
    }
    if verb in choices:
        known([what], choices[verb], f"{where} {verb}")
    if verb in ("record", "pay"):
        evidence = what if verb == "record" else "payment"
        known(given.get("fields", {}), names.evidence.get(evidence, ()), f"{where} {evidence}")
    if verb == "publish":
        known(what, names.batch, f"{where} publish")
    if verb == "repeal":
        known(what, ("effective_to", "replaced_by"), f"{where} repeal")
    return _expectations(what, pack, names, f"{where} expect") if verb == "expect" else what


def _expectations(what: Mapping[str, Any], pack: Pack, names: Names, where: str) -> dict[str, Any]:
    known(what, EXPECTATIONS, where)
    facts = fact_names(pack)
    known([*what.get("facts", {}), *what.get("unknown", ())], facts, f"{where} facts")
    clocks = {spec.code for spec in (*pack.deadlines, *pack.reports)}
    known([what["deadline"].partition("@")[0]] if "deadline" in what else [], clocks, f"{where} deadline")
    known([what["state"]] if "state" in what else [], names.states, f"{where} state")
    known(what.get("flags", ()), pack.by_id, f"{where} flags")
    known(what.get("options", ()), names.targets, f"{where} options")
    known(what.get("inbox", {}), {*pack.offices, *PEOPLE}, f"{where} inbox")
    _check_obligations(what, pack, where)
    return {**what, "facts": {name: typed(name, value) for name, value in what.get("facts", {}).items()}}


def _check_obligations(what: Mapping[str, Any], pack: Pack, where: str) -> None:
    wanted = {*pack.by_id, *(spec.code for spec in pack.materials), *(spec.code for spec in pack.deadlines)}
    for key in ("obligations_include", "obligations_exclude"):
        known(what.get(key, ()), wanted, f"{where} {key}")


def _check(entry: Mapping[str, Any], number: int, pack: Pack) -> BookCheck:
    where = f"check {number}"
    known(entry, CHECK_KEYS, where)
    known(entry.get("facts", {}), fact_names(pack), f"{where} facts")
    for key in ("refused_by", "flagged_by"):
        known(entry.get(key, ()), pack.by_id, f"{where} {key}")
    _check_obligations(entry, pack, where)
    if not {"action", "obligations_include", "obligations_exclude"} & set(entry):
        raise ScenarioError(f"{where}:要写 action、obligations_include 或 obligations_exclude")
    facts = {name: typed(name, value) for name, value in entry.get("facts", {}).items()}
    on = _day(entry.get("on", max(DEFAULT_DAY, pack.effective_from)), where)
    return BookCheck(number, on, facts, {key: value for key, value in entry.items() if key not in ("facts", "on")})


def _amount(value: Any) -> str:
    try:
        return f"{Decimal(value if isinstance(value, str | int | Decimal) else ''):.2f}"
    except InvalidOperation:
        raise ScenarioError(f'project investment:“{value}”不是金额,写作 "680000.00"') from None


def _day(value: Any, where: str) -> date:
    if not isinstance(value, date):
        raise ScenarioError(f"{where}:“{value}”不是日期,不加引号,如 2026-03-02")
    return value
