"""Here: a worked case in words: what is given, what is done on which day, what comes of it. Not here: playing it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from policies.cases import Case
from policies.pack import Pack, Rule
from policies.verdicts import words
from projects.evidence import EVIDENCE
from projects.reading import Reading
from projects.states import State

PEOPLE = {"applicant": "建设单位", "sibling": "建设单位的同事", "other": "另一单位"}
STATUSES = {"none": "没有开始", "open": "进行中", "stopped": "暂停计时", "late": "已逾期", "met": "已按时完成"}
AMOUNT = re.compile(r"\d+\.\d\d")
OUTCOMES = (("refused_by", "被拦下", "refuses"), ("flagged_by", "提示", "flags"), ("waived_by", "按例外放行", "waived"))


@dataclass
class StepWords:
    """One step: the day, who, what, with which figures; what comes of it in a word, its mark, and the rules that say so."""

    on: str
    who: str
    what: str
    details: list[str] = field(default_factory=list)
    outcome: str = "办成"
    mark: str = "allows"
    rules: list[Rule] = field(default_factory=list)
    title: str = ""


class CaseReading:
    """A case under its pack."""

    def __init__(self, pack: Pack, case: Case) -> None:
        self.pack, self.case, self.names = pack, case, Reading(pack)

    def given(self) -> list[tuple[str, str]]:
        """Where the project stands before the first step."""
        setup = self.case.data.get("project", {})
        found = [
            ("建设性质", setup.get("kind", self.pack.kinds[0])),
            ("申报来源", setup.get("origin", self.pack.origins[0])),
            ("投资(元)", shown(setup["investment"]) if "investment" in setup else ""),
            ("走到", label_of_state(setup.get("at", "draft"))),
            ("日期", words(setup["on"]) if "on" in setup else ""),
            ("没有", "、".join(map(self._thing, setup.get("without", ())))),
            ("其中", ";".join(self._evidence(setup))),
        ]
        return [pair for pair in found if pair[1]] if setup else []

    def steps(self) -> Iterator[StepWords]:
        """What is done, then what the rules alone are asked."""
        day = self.case.data.get("project", {}).get("on", "")
        for step in self.case.data.get("step", ()):
            day = step.get("on", day)
            yield self._settled(step, StepWords(words(day) if day else "", self._who(step), *self._deed(step)))
        for check in self.case.data.get("check", ()):
            action = check.get("action", "")
            asked = self.names.event(action if ":" in action else f"move:{action}") if action else "会被要求什么"
            facts = list(self._facts(check.get("facts", {})))
            if action == "standing":
                asked = "一直挂着的提示"
            yield self._settled(check, StepWords(words(check["on"]) if "on" in check else "", "只问规则", asked, facts))

    def _who(self, step: Mapping[str, Any]) -> str:
        by = step.get("user") or step.get("by") or ""
        return PEOPLE.get(by) or (self.pack.office(by) if by else "")

    def _deed(self, step: Mapping[str, Any]) -> tuple[str, list[str]]:
        """What is done, and its details."""
        if "expect" in step:
            return "核对", list(self._expected(step["expect"]))
        if "do" in step:
            return f"办理“{self.names.move(step['do'])}”", [step["note"]] if step.get("note") else []
        if "record" in step:
            return f"登记“{self.names.record(step['record'])}”", self._fields(step["record"], step.get("fields", {}))
        for verb, said in (
            ("void", "撤销“{}”"),
            ("attach", "提交“{}”"),
            ("waive", "就 {} 申请例外"),
            ("parameter", "设置“{}”"),
        ):
            if verb in step:
                named = {"attach": self.names.materials, "parameter": self.names.parameters}.get(verb, {})
                what = self.names.record(step[verb]) if verb == "void" else named.get(step[verb], step[verb])
                keys = ("status", "value", "reason", "basis")
                return said.format(what), [words(step[key]) for key in keys if key in step]
        if "pay" in step:
            return f"拨付 {shown(step['pay'])} 元", [step["kind"]] if "kind" in step else []
        return {"sweep": "当天的时限巡查", "publish": "发布年度通知", "repeal": "登记文件失效"}.get(
            next((verb for verb in ("sweep", "publish", "repeal") if verb in step), ""), ""
        ), []

    def _settled(self, step: Mapping[str, Any], told: StepWords) -> StepWords:
        """With what comes of the step."""
        told.title = step.get("title", "")
        for key, said, mark in OUTCOMES:
            if step.get(key):
                told.outcome, told.mark = said, mark
                told.rules += [self.pack.rule(each) for each in step[key] if each in self.pack.by_id]
        if forbidden := step.get("forbidden"):
            told.outcome, told.mark = "无权办理", "refuses"
            told.rules += [self.pack.rule(forbidden)] if forbidden in self.pack.by_id else []
        elif step.get("closed") or step.get("error"):
            told.outcome, told.mark = "此时不能办理" if step.get("closed") else "填写有误", "refuses"
        elif "expect" in step or told.who == "只问规则":
            told.outcome = told.outcome if told.rules else "如此"
        if "state" in step:
            told.details.append(f"项目变为“{label_of_state(step['state'])}”")
        return told

    def _expected(self, wanted: Mapping[str, Any]) -> Iterator[str]:
        yield from self._facts(wanted.get("facts", {}))
        yield from (f"{self.names.fact(name)}:未知" for name in wanted.get("unknown", ()))
        if "deadline" in wanted:
            name = self.names.value("deadlines.", wanted["deadline"])
            due = f"{words(wanted['due'])} 到期" if "due" in wanted else ""
            yield "时限" + ",".join(filter(None, [f"“{name}”", due, STATUSES.get(wanted.get("status", ""), "")]))
        rules = (("flags", "挂着的提示"), ("obligations_include", "会要求"), ("obligations_exclude", "不会要求"))
        yield from (f"{said}:{self._rules(wanted[key])}" for key, said in rules if key in wanted)
        if "options" in wanted:
            yield f"可以办理:{'、'.join(map(self.names.move, wanted['options'])) or '无'}"
        if "visible" in wanted:
            yield "看得到本项目" if wanted["visible"] else "看不到本项目"
        if "state" in wanted:
            yield f"项目在“{label_of_state(wanted['state'])}”"
        if "investment" in wanted:
            yield f"投资 {shown(wanted['investment'])} 元"
        if "inbox" in wanted:
            told = (
                f"{PEOPLE.get(who) or self.pack.office(who)} {len(names)} 件" for who, names in wanted["inbox"].items()
            )
            yield f"待办:{'、'.join(told)}"
        yield from (f"{name}:{shown(value)} 元" for name, value in wanted.get("money", {}).items())

    def _facts(self, facts: Mapping[str, Any]) -> Iterator[str]:
        return (f"{self.names.fact(name)}:{self.names.value(name, value)}" for name, value in facts.items())

    def _rules(self, ids) -> str:
        return "、".join(ids) or "无"

    def _thing(self, name: str) -> str:
        return self.names.materials.get(name) or self.names.record(name)

    def _fields(self, evidence: str, fields: Mapping[str, Any]) -> list[str]:
        known = EVIDENCE[evidence].form.base_fields if evidence in EVIDENCE else {}
        return [
            f"{(known[name].label if name in known else '') or name}:{shown(value)}" for name, value in fields.items()
        ]

    def _evidence(self, setup: Mapping[str, Any]) -> Iterator[str]:
        for name, fields in setup.get("evidence", {}).items():
            yield f"{self.names.record(name)}({'、'.join(self._fields(name, fields))})"
        flags = setup.get("flags", {})
        for name, value in flags.items() if isinstance(flags, Mapping) else ((each, True) for each in flags):
            family, _, attribute = name.rpartition(".")
            yield from self._fields(family or "filing", {attribute: value})


def label_of_state(state: str) -> str:
    """A state as people read it."""
    return State(state).label if state in State.values else state


def shown(value: Any) -> str:
    """A field's value; lines of a table are only counted."""
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return f"{len(value)} 行"
    if isinstance(value, str) and AMOUNT.fullmatch(value):
        return f"{Decimal(value):,.2f}"
    return "空" if value == "" else words(value)
