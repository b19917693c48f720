"""Here: one project under several regulations side by side. Not here: what each asks (whatif_answer), pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms

from policies.lines import AMOUNT
from policies.lines import Line as Bound
from policies.lines import lines as bounds
from policies.loader import available, load
from policies.pack import Pack
from projects.fields import MoneyField
from projects.states import State
from projects.whatif_answer import DEADLINE, DOCUMENT, MONEY, Answer, Line, answer

TOLD = (DOCUMENT, MONEY, DEADLINE)


class Compare(forms.Form):
    """The project that is compared: an amount, a day, and for every regulation what such a project is called there."""

    investment = MoneyField(label="投资额(元)", required=False)
    on = forms.DateField(label="日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data=None, **kwargs) -> None:
        super().__init__(data, **kwargs)
        self.packs = sorted(map(load, available()), key=lambda pack: not pack.binding)
        wanted = next((data[key] for key in data or () if key.startswith("kind-") and data[key]), "")
        for pack in self.packs:
            for name, label, values in (("kind", "建设性质", pack.kinds), ("origin", "申报来源", pack.origins)):
                field = forms.ChoiceField(label=label, required=False, choices=[(value, value) for value in values])
                field.initial = wanted if wanted in values else values[0]
                self.fields[f"{name}-{pack.code}"] = field

    def facts(self, pack: Pack) -> dict[str, Any]:
        """What is known of the project under one regulation. Call after is_valid()."""
        found = {
            f"project.{name}": self.cleaned_data.get(f"{name}-{pack.code}")
            or self.fields[f"{name}-{pack.code}"].initial
            for name in ("kind", "origin")
        }
        amount = self.cleaned_data.get("investment")
        return found | ({} if amount is None else {AMOUNT: amount})

    def common(self) -> list:
        """What is asked once for all."""
        return [self["investment"], self["on"]]

    def choices_of(self, pack: Pack) -> list:
        """The two selects of one regulation."""
        return [self[f"{name}-{pack.code}"] for name in ("kind", "origin")]


@dataclass(frozen=True)
class Column:
    """A regulation and what it asks of the project. `drawn` are its lines, each with whether the amount is beyond it."""

    pack: Pack
    facts: dict[str, Any]
    answer: Answer
    drawn: tuple[tuple[Bound, bool | None], ...]

    @property
    def kind(self) -> str:
        """What the project is called here."""
        return self.facts["project.kind"]

    @property
    def origin(self) -> str:
        """Where it comes from, in this regulation's words."""
        return self.facts["project.origin"]

    @property
    def route(self) -> tuple[str, ...]:
        """The states it goes through, in words."""
        return tuple(State(state).label for state in self.pack.route_for(self.kind, self.origin))

    @property
    def stages(self) -> list[str]:
        """The stages of the text that it goes through."""
        states = set(self.pack.route_for(self.kind, self.origin))
        return [stage["name"] for stage in self.pack.stages if states & set(stage["states"])]

    @property
    def outside(self) -> bool:
        """Whether the instrument leaves such a project out."""
        return self.answer.outside

    @property
    def ended(self) -> bool:
        """Whether the instrument's time was over on the day."""
        return self.pack.effective_to is not None and self.answer.on > self.pack.effective_to

    @property
    def told(self) -> list[tuple[str, list[Line]]]:
        """Documents, money and deadlines, which people compare line by line."""
        return [(sort, [line for line in self.answer.lines if line.sort == sort]) for sort in TOLD]

    @property
    def query(self) -> str:
        """The same question to this regulation alone, as an address."""
        given = {"pack": self.pack.code, "on": f"{self.answer.on:%Y-%m-%d}"}
        known = {name.removeprefix("project."): value for name, value in self.facts.items()}
        return urlencode(given | known)

    @property
    def total(self) -> int:
        """How many things are asked."""
        return len(self.answer.lines)


def compare(form: Compare, *, on: date) -> list[Column]:
    """A column for every regulation of the house. Call after is_valid()."""
    return [_column(pack, form.facts(pack), on) for pack in form.packs]


def _column(pack: Pack, facts: dict[str, Any], on: date) -> Column:
    amount: Decimal | None = facts.get(AMOUNT)
    drawn = tuple((each, None if amount is None else each.passed(amount)) for each in bounds(pack))
    return Column(pack, facts, answer(pack, facts, on=on), drawn)


def table(columns: list[Column]) -> Iterator[list]:
    """The comparison as rows: a heading, then one cell for each regulation."""
    yield ["建设性质", *(each.kind for each in columns)]
    yield ["申报来源", *(each.origin for each in columns)]
    yield ["经过的环节", *(" → ".join(each.stages) for each in columns)]
    yield ["状态路线", *(" → ".join(each.route) for each in columns)]
    yield ["投资额门槛", *(";".join(bound.words for bound, _ in each.drawn) or "无" for each in columns)]
    yield ["来源", *(each.pack.excerpt or "全文" for each in columns)]
    yield ["全部义务(项)", *("不在适用范围" if each.outside else each.total for each in columns)]
    for at, sort in enumerate(TOLD):
        told = [each.told[at][1] for each in columns]
        yield [f"{sort}(项)", *(len(lines) for lines in told)]
        yield [sort, *("\n".join(_said(line) for line in lines) for lines in told)]


def _said(line: Line) -> str:
    asked = line.asked
    return " ".join(filter(None, [asked.material or asked.says, asked.due, f"({asked.clause},{asked.rule})"]))
