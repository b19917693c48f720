"""Here: a pack in words for people who do not read packs: conditions, checks, events, what carries a rule. Not here: pages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from organizations.models.organizations import OrganizationType
from papers.registry import PAPERS
from policies.coverage import carriers
from policies.pack import Check, Condition, Pack, Rule
from policies.predicates import PREDICATES
from policies.verdicts import words
from policies.vocabulary import FACTS
from projects.evidence import EVIDENCE
from projects.states import State

PROGRAM = re.compile(r"[\w/]+\.py|\w+\.\w+|[a-z]+_[a-z_]+")
UNARY = {"yes": ":是", "no": ":否", "present": ":已填写", "absent": ":没有"}
DONE = "已登记"


@dataclass(frozen=True)
class CheckWords:
    """One check: when it is asked, whom it concerns, what it wants, what happens else and where that is mended."""

    at: str
    when: tuple[str, ...]
    require: tuple[str, ...]
    otherwise: str
    remedy: str


class Reading:
    """The names of one pack as people call things there."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.materials = {spec.code: spec.name for spec in pack.materials}
        self.parameters = {spec.name: spec.label for spec in pack.parameters}

    def move(self, name: str) -> str:
        """What a move is called here."""
        spec = self.pack.moves.get(name)
        return (spec and spec.label) or name

    def record(self, name: str) -> str:
        """What a kind of evidence is called here."""
        spec, kind = self.pack.records.get(name), EVIDENCE.get(name)
        return (spec and spec.label) or (kind.label if kind else name)

    def who(self, roles: Iterable[str]) -> str:
        """Offices as this place calls them."""
        return "、".join("建设单位" if role == "applicant" else self.pack.office(role) for role in roles)

    def fact(self, name: str) -> str:
        """What people call a fact."""
        family, _, rest = name.partition(".")
        if family in ("material", "parameter"):
            return {**self.materials, **self.parameters}.get(rest, rest)
        return FACTS[name].label if name in FACTS else name

    def condition(self, condition: Condition) -> str:
        """One condition, alternatives joined by 或."""
        if condition.any:
            return " 或 ".join(self.condition(each) for each in condition.any)
        label = condition.label or self.fact(condition.fact)
        if condition.test in UNARY:
            known = label.endswith(DONE) and condition.test in ("yes", "no")
            if known:
                return label if condition.test == "yes" else f"{label.removesuffix(DONE)}未登记"
            return label + UNARY[condition.test]
        bound = self._bound(condition)
        of = f"(以{self.fact(condition.of)}为基数)" if condition.of else ""
        test = PREDICATES[condition.test].label
        return f"{label} {test} {bound}{of}" if len(test) == 1 else f"{label}{test} {bound}{of}"

    def _bound(self, condition: Condition) -> str:
        if condition.other:
            return self.fact(condition.other)
        if condition.parameter:
            return f"参数“{self.fact(f'parameter.{condition.parameter}')}”"
        return self.value(condition.fact, condition.value)

    def value(self, fact: str, value: Any) -> str:
        """A value of a fact; states, offices and clocks by their names."""
        if isinstance(value, list | tuple):
            return "、".join(self.value(fact, each) for each in value) or "无"
        if fact == "unit.type":
            return dict(OrganizationType.choices).get(value, words(value))
        if fact == "project.state" and value in State.values:
            return State(value).label
        if fact.endswith(("roles", "_role")) and isinstance(value, str):
            return self.who([value])
        if fact.startswith("deadlines.") and isinstance(value, str):
            code, at, period = value.partition("@")
            return self.clock(code) + (f"({period})" if at else "")
        return words(value)

    def clock(self, code: str) -> str:
        """What a deadline or a report is called."""
        return next((spec.label for spec in (*self.pack.deadlines, *self.pack.reports) if spec.code == code), code)

    def check(self, check: Check) -> CheckWords:
        """One check."""
        at = [f"办理“{self.move(name)}”时" for name in check.moves] + [
            f"登记“{self.record(name)}”时" for name in check.records
        ]
        if check.standing:
            at.append("随时,直到解决")
        remedy = self.materials.get(check.remedy.removeprefix("material:"), "")
        return CheckWords(
            "、".join(at),
            tuple(map(self.condition, check.when)),
            tuple(map(self.condition, check.require)),
            ("不符合的" if check.require else "一律") + ("拦截" if check.severity == "refuse" else "提示"),
            remedy or (self.record(check.remedy) if check.remedy in EVIDENCE else ""),
        )

    def event(self, name: str) -> str:
        """What has to happen for an event."""
        kind, _, rest = name.partition(":")
        if kind == "material":
            return f"提交“{self.materials.get(rest, rest)}”"
        said = {"move": self.move, "record": self.record, "void": self.record}.get(kind)
        verb = {"move": "", "record": "登记", "void": "撤销"}.get(kind, "")
        return {"batch": "发布年度通知", "waiver": "例外的决定"}.get(name) or (
            f"{verb}“{said(rest)}”" if said else name
        )

    def carried(self, rule: Rule) -> str:
        """What carries a rule, in words."""
        return "、".join(dict.fromkeys(filter(None, (self._carrier(each) for each in carriers(self.pack, rule)))))

    def _carrier(self, carrier: str) -> str:
        kind, _, name = carrier.partition(" ")
        if (kind == "move" and name in self.pack.moves) or (kind == "record" and name in EVIDENCE):
            return f"办理“{self.move(name)}”时检查" if kind == "move" else f"登记“{self.record(name)}”时检查"
        table, _, key = kind.partition(".")
        if key in {"moves": self.pack.moves, "records": self.pack.records}.get(table, ()):
            told = f"“{self.move(key) if table == 'moves' else self.record(key)}”"
            return f"{told}锁定后不能改" if name == "closed" else f"规定谁办理{told}"
        clocks = {spec.code: spec.label for spec in (*self.pack.deadlines, *self.pack.reports)}
        known = {"material": self.materials, "parameter": self.parameters, "deadline": clocks, "report": clocks}
        if name in known.get(kind, ()):
            prefix = {"material": "材料", "parameter": "参数", "deadline": "时限", "report": "报告"}[kind]
            return f"{prefix}“{known[kind][name]}”"
        if kind == "notice" and name:
            return "通知"
        return {"standing": "一直提示到解决", "escalation": "逾期上报"}.get(carrier) or self._place(carrier)

    def _place(self, where: str) -> str:
        """A pointer as people can use it: the program's own names say nothing to them."""
        return "系统功能" if PROGRAM.search(where) else where

    def papers(self) -> list[dict]:
        """Every paper that is issued here: its name, issuer, series, copies and clauses."""
        return [
            {
                "label": spec.label or PAPERS[name].label,
                "by": self.who([spec.issuer or PAPERS[name].issuer]),
                "series": f"{spec.series}〔年〕序号" if spec.series else "",
                "copies": self.who(spec.copies),
                "cites": spec.cites,
            }
            for name, spec in self.pack.papers.items()
            if name in PAPERS
        ]
