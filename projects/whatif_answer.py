"""Here: the answer to a what-if arranged for people: by stage and sort, in figures, against the line below. Not here: the rules (packs)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from organizations.roles import ROLE_LABELS
from policies.engine import applies
from policies.lines import AMOUNT, CENT
from policies.lines import lines as lines_drawn
from policies.obligations import Obligation, obligations
from policies.pack import Pack

REQUIRED, DOCUMENT, MONEY, DEADLINE, HINT = "要求", "材料", "资金", "时限", "提示"
SORTS = (REQUIRED, DOCUMENT, MONEY, DEADLINE, HINT)
UNITS = {REQUIRED: "项", DOCUMENT: "件", MONEY: "项", DEADLINE: "项", HINT: "项"}
BESIDE = ("变更", "拨付", "全程")
COLUMNS = [
    "阶段",
    "类别",
    "内容",
    "材料",
    "时限",
    "由谁办理",
    "条款",
    "规则编号",
    "适用依据",
    "视情况:取决于",
    "过线新增",
]


@dataclass(frozen=True)
class Line:
    """One obligation as people read it: its sort, who sees to it, whether it is new against the line below."""

    asked: Obligation
    sort: str
    who: str
    new: bool

    @property
    def depends(self) -> bool:
        """Whether it hangs on something not known yet: 视情况."""
        return self.asked.applies is None

    @property
    def mark(self) -> str:
        """The colour class of its mark."""
        return "not_applicable" if self.depends else ("flags" if self.sort == HINT else "allows")


@dataclass(frozen=True)
class Stage:
    """The obligations of one stage, the sorts in their order, and how many of each."""

    name: str
    lines: tuple[Line, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of each sort, in the order of sorts."""
        return counted(self.lines)


@dataclass(frozen=True)
class Crossing:
    """What an amount changes: the line in 元, what is asked from there on, what no longer is."""

    line: Decimal
    more: tuple[Line, ...]
    less: tuple[Line, ...]


@dataclass(frozen=True)
class Answer:
    """Everything a regulation asks of such a project. `below` is the line under the amount, `above` the next one."""

    pack: Pack
    facts: dict
    on: date
    stages: tuple[Stage, ...]
    below: Crossing | None
    above: Crossing | None

    @property
    def lines(self) -> list[Line]:
        """All of them in the order of stages."""
        return [line for stage in self.stages for line in stage.lines]

    @property
    def outside(self) -> bool:
        """Whether the instrument leaves such a project out."""
        return applies(self.pack.scope, self.facts) is False

    @property
    def totals(self) -> list[dict]:
        """Each sort with its number, its counting word, and how many of them hang on something."""
        unsure = dict(counted([line for line in self.lines if line.depends]))
        return [
            {"sort": sort, "count": count, "unit": UNITS[sort], "depends": unsure[sort]}
            for sort, count in counted(self.lines)
        ]

    @property
    def question(self) -> str:
        """What was asked, in one line."""
        given = [self.facts.get("project.kind") or "不限建设性质", self.facts.get("project.origin") or "不限申报来源"]
        amount = self.facts.get(AMOUNT)
        told = "投资额未填" if amount is None else f"投资 {amount:,.2f} 元({amount / 10000:,.2f} 万元)"
        return " · ".join([told, *given])

    def rows(self) -> Iterator[list]:
        """The rows of a sheet, by COLUMNS."""
        for stage in self.stages:
            for line in stage.lines:
                asked = line.asked
                yield [
                    stage.name, line.sort, asked.says, asked.material, asked.due, line.who,
                    f"{self.pack.document(self.pack.rule(asked.rule))} {asked.clause}", asked.rule,
                    ";".join(each.in_words() for each in asked.because), "、".join(asked.depends_on),
                    "是" if line.new else "",
                ]  # fmt: skip


def counted(lines) -> list[tuple[str, int]]:
    """How many of each sort, in the order of sorts."""
    return [(sort, sum(line.sort == sort for line in lines)) for sort in SORTS]


def answer(pack: Pack, facts: dict, *, on: date) -> Answer:
    """Ask the book once for the amount and once beyond each neighbouring line of the amount."""
    found = obligations(pack, facts, on=on)
    amount = facts.get(AMOUNT)
    lines = amounts(pack) if amount is not None else []
    under, over = [line for line in lines if line <= amount], [line for line in lines if line > amount]
    below = crossing(pack, facts, under[-1], on, upper=found) if under else None
    above = crossing(pack, facts, over[0], on, lower=found) if over else None
    new = {key(line.asked) for line in below.more} if below else set()
    names = list(dict.fromkeys([*(stage["name"] for stage in pack.stages), *BESIDE, *(each.stage for each in found)]))
    stages = [Stage(name, tuple(_lines(pack, [each for each in found if each.stage == name], new))) for name in names]
    return Answer(pack, facts, on, tuple(stage for stage in stages if stage.lines), below, above)


def crossing(pack: Pack, facts: dict, line: Decimal, on: date, *, lower=None, upper=None) -> Crossing:
    """What becomes due at a line and what falls away there; the sides not given are asked a cent below and at the line."""
    lower = obligations(pack, facts | {AMOUNT: line - CENT}, on=on) if lower is None else lower
    upper = obligations(pack, facts | {AMOUNT: line}, on=on) if upper is None else upper
    there, here = {key(each) for each in lower}, {key(each) for each in upper}
    more = _lines(pack, [each for each in upper if key(each) not in there], set())
    less = _lines(pack, [each for each in lower if key(each) not in here], set())
    return Crossing(line, tuple(more), tuple(less))


def key(asked: Obligation) -> tuple:
    """What makes two obligations the same: whether it surely applies counts."""
    return asked.rule, asked.what, asked.material, asked.applies


def amounts(pack: Pack) -> list[Decimal]:
    """The first amount beyond every line that the pack draws, ascending."""
    return [line.first for line in lines_drawn(pack)]


def _lines(pack: Pack, found: list[Obligation], new: set) -> list[Line]:
    lines = [Line(each, sort_of(pack, each), _who(pack, each), key(each) in new) for each in found]
    return sorted(lines, key=lambda line: SORTS.index(line.sort))


def sort_of(pack: Pack, asked: Obligation) -> str:
    """Under which word people look for it."""
    if asked.what in ("material", "deadline"):
        return DOCUMENT if asked.what == "material" else DEADLINE
    if asked.severity == "flag":
        return HINT
    return MONEY if pack.rule(asked.rule).means == "money" else REQUIRED


def _who(pack: Pack, asked: Obligation) -> str:
    roles = pack.rule(asked.rule).unblock
    return "、".join(pack.offices.get(role) or ROLE_LABELS.get(role, role) for role in roles)
