"""Here: the pack's deadlines checked against the house at start-up. Not here: conditions (projects.checks)."""

from collections.abc import Iterable
from datetime import date

from django.core.checks import Error, register

from policies.loader import PackError, available, load, located
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
    return [Error(message, id="deadlines.E001") for pack in packs() for message in located(pack, problems(pack))]


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
        where = f"deadline {spec.code}"
        found += unknown_events(pack, spec.events, where)
        if spec.who not in {*pack.offices, "applicant"}:
            found.append(f"{where}:[offices] 里没有“{spec.who}”{nearest(spec.who, pack.offices)}")
        if spec.unit not in Unit.__args__:
            found.append(f"{where}:没有“{spec.unit}”这种单位,有 {'、'.join(Unit.__args__)}")
        if spec.parameter and spec.parameter not in parameters:
            found.append(f"{where}:没有参数“{spec.parameter}”{nearest(spec.parameter, parameters)}")
        if spec.until_day and not _is_day_of_year(spec.until_day):
            found.append(f"{where}:“{spec.until_day}”不是一年里的一天,如 08-31")
        if spec.dated and not _is_date_of(spec.start, spec.dated):
            found.append(f"{where}:{spec.start} 没有日期“{spec.dated}”")
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
        where = f"report {spec.code}"
        wanted = [
            (spec.every, {*MONTHS, "on_demand"}, "周期"),
            (spec.unit, Unit.__args__, "单位"),
            (spec.parameter, parameters | {""}, "参数"),
            *((role, {*pack.offices, "applicant"}, "角色") for role in (*spec.who, *spec.to)),
        ]
        if spec.from_state:
            wanted += [(spec.from_state, CHAIN, "状态"), (spec.to_state or CHAIN[-1], CHAIN, "状态")]
            wanted.append((spec.record, pack.records, "登记事项"))
            if len(spec.who) != 1:
                found.append(f"{where}:按项目报送的,who 只写一个")
            elif spec.record in pack.records and not _may_record(pack, spec):
                found.append(f"{where}:{spec.who[0]} 不登记“{spec.record}”")
        elif "applicant" in spec.who and (spec.every in MONTHS or spec.parameter):
            found.append(f"{where}:由单位定期报送的,要写 from_state 和 record")
        found += [
            f"{where}:没有{what}“{name}”{nearest(name, known)}" for name, known, what in wanted if name not in known
        ]
    return found


def _may_record(pack: Pack, spec: ReportSpec) -> bool:
    kind = EVIDENCE.get(spec.record)
    by = pack.records[spec.record].by or (kind.by if kind else ())
    return kind is not None and issubclass(kind.model, StageRecord) and spec.who[0] in by


def _of_escalation(pack: Pack, parameters: set[str]) -> list[str]:
    spec = pack.escalation
    if spec is None:
        return []
    wanted = [(spec.to, pack.offices, "角色"), (spec.parameter, parameters, "参数")]
    return [f"escalation:没有{what}“{name}”{nearest(name, known)}" for name, known, what in wanted if name not in known]


def unknown_events(pack: Pack, names: Iterable[str], where: str, *, others: Iterable[str] = ()) -> list[str]:
    """One message for every name that is no event of this pack: move:…, record:…, void:…, material:… or one of `others`."""
    known = {f"move:{name}" for name in moves()} | {f"material:{spec.code}" for spec in pack.materials} | set(others)
    known |= {f"{kind}:{name}" for kind in ("record", "void") for name in EVIDENCE}
    return [f"{where}:没有事件“{name}”{nearest(name, known)}" for name in names if name not in known]


def _is_date_of(event: str, attribute: str) -> bool:
    kind = EVIDENCE.get(event.removeprefix("record:"))
    fact = FACTS.get(f"{kind.name}.{attribute}") if kind else None
    return bool(fact and fact.kind == "date")
