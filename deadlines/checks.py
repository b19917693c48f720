"""Here: the pack's deadlines checked against the house at start-up. Not here: conditions (projects.checks)."""

from collections.abc import Iterable
from datetime import date

from django.core.checks import Error, register

from policies.loader import PackError, available, load
from policies.pack import Pack, ReportSpec
from policies.periods import MONTHS
from policies.vocabulary import FACTS, nearest
from policies.workdays import Unit
from projects.evidence import EVIDENCE
from projects.models.record import StageRecord
from projects.states import CHAIN
from projects.transitions import moves


@register()
def deadlines_are_sound(app_configs=None, **kwargs):
    """Every event, role, unit, parameter and field that a deadline names exists."""
    return [Error(message, id="deadlines.E001") for pack in packs() for message in problems(pack)]


def packs() -> list[Pack]:
    """The packs that can be read; projects.checks reports the others."""
    found = []
    for code in available():
        try:
            found.append(load(code))
        except PackError:
            continue
    return found


def problems(pack: Pack) -> list[str]:
    """One message for every unknown name in the pack's deadlines."""
    found, parameters = [], {spec.name for spec in pack.parameters}
    for spec in pack.deadlines:
        where = f"{pack.code} deadline {spec.code}"
        found += unknown_events(pack, spec.events, where)
        if spec.who not in {*pack.offices, "applicant"}:
            found.append(f"{where}: unknown office {spec.who!r}{nearest(spec.who, pack.offices)}")
        if spec.unit not in Unit.__args__:
            found.append(f"{where}: unknown unit {spec.unit!r}{nearest(spec.unit, Unit.__args__)}")
        if spec.parameter and spec.parameter not in parameters:
            found.append(f"{where}: unknown parameter {spec.parameter!r}{nearest(spec.parameter, parameters)}")
        if spec.until_day and not _is_day_of_year(spec.until_day):
            found.append(f"{where}: {spec.until_day!r} is not a day of the year such as 08-31")
        if spec.dated and not _is_date_of(spec.start, spec.dated):
            found.append(f"{where}: {spec.start} has no date {spec.dated!r}")
        for condition in (*spec.when, *spec.met_when):
            if condition.fact and condition.fact not in FACTS:
                found.append(f"{where}: unknown fact {condition.fact!r}{nearest(condition.fact, FACTS)}")
    return found + _of_reports(pack, parameters) + _of_escalation(pack, parameters)


def _is_day_of_year(text: str) -> bool:
    try:
        date.fromisoformat(f"2023-{text}")
    except ValueError:
        return False
    return True


def _of_reports(pack: Pack, parameters: set[str]) -> list[str]:
    found = []
    for spec in pack.reports:
        where = f"{pack.code} report {spec.code}"
        wanted = [
            (spec.every, {*MONTHS, "on_demand"}, "period"),
            (spec.unit, Unit.__args__, "unit"),
            (spec.parameter, parameters | {""}, "parameter"),
            *((role, {*pack.offices, "applicant"}, "office") for role in (*spec.who, *spec.to)),
        ]
        if spec.from_state:
            wanted += [(spec.from_state, CHAIN, "state"), (spec.to_state or CHAIN[-1], CHAIN, "state")]
            wanted.append((spec.record, pack.records, "evidence"))
            if len(spec.who) != 1:
                found.append(f"{where}: a report of projects has one `who`")
            elif spec.record in pack.records and not _may_record(pack, spec):
                found.append(f"{where}: {spec.who[0]} does not record {spec.record!r}")
        elif "applicant" in spec.who and (spec.every in MONTHS or spec.parameter):
            found.append(f"{where}: a recurring report of units needs `from_state` and `record`")
        found += [f"{where}: unknown {what} {name!r}{nearest(name, known)}" for name, known, what in wanted if name not in known]
    return found


def _may_record(pack: Pack, spec: ReportSpec) -> bool:
    kind = EVIDENCE.get(spec.record)
    by = pack.records[spec.record].by or (kind.by if kind else ())
    return kind is not None and issubclass(kind.model, StageRecord) and spec.who[0] in by


def _of_escalation(pack: Pack, parameters: set[str]) -> list[str]:
    spec = pack.escalation
    if spec is None:
        return []
    wanted = [(spec.to, pack.offices, "office"), (spec.parameter, parameters, "parameter")]
    return [f"{pack.code} escalation: unknown {what} {name!r}" for name, known, what in wanted if name not in known]


def unknown_events(pack: Pack, names: Iterable[str], where: str, *, others: Iterable[str] = ()) -> list[str]:
    """One message for every name that is no event of this pack: move:…, record:…, void:…, material:… or one of `others`."""
    known = {f"move:{name}" for name in moves()} | {f"material:{spec.code}" for spec in pack.materials} | set(others)
    known |= {f"{kind}:{name}" for kind in ("record", "void") for name in EVIDENCE}
    return [f"{where}: unknown event {name!r}{nearest(name, known)}" for name in names if name not in known]


def _is_date_of(event: str, attribute: str) -> bool:
    kind = EVIDENCE.get(event.removeprefix("record:"))
    fact = FACTS.get(f"{kind.name}.{attribute}") if kind else None
    return bool(fact and fact.kind == "date")
