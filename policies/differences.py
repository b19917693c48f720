"""Here: what changes between two packs, and for which projects. Not here: which projects there are (projects.impact).

Projects are told apart by kind, origin and the side of every line that either pack draws on the investment.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from policies.impact import Duty, compare
from policies.lines import AMOUNT, CENT, lines
from policies.pack import Pack

HEAD = ("doc_no", "title", "issuer", "effective_from", "effective_to", "applies_by", "after_expiry")


@dataclass(frozen=True)
class Span:
    """The amounts from one line to the cent below the next; no upper end above the last."""

    least: Decimal
    most: Decimal | None

    def __str__(self) -> str:
        return f"{self.least:,.2f} 元起" if self.most is None else f"{self.least:,.2f} 至 {self.most:,.2f} 元"


@dataclass
class Difference:
    """A duty that only one of the packs asks, with the projects it is asked of: (kind, origin) → spans of amounts."""

    sign: str
    duty: Duty
    whom: dict[tuple[str, str], list[Span]] = field(default_factory=dict)

    def words(self, kinds: int, spans: int) -> str:
        """For whom, shortest first: 所有项目, else each kind with its amounts."""
        alike = {tuple(each) for each in self.whom.values()}
        if len(alike) == 1:
            (only,) = alike
            amounts = "" if len(only) == spans else f",{'、'.join(map(str, joined(list(only))))}"
            whose = "所有项目" if len(self.whom) == kinds else "、".join(dict.fromkeys(kind for kind, _ in self.whom))
            return whose + amounts
        return ";".join(
            f"{kind}({origin}){'、'.join(map(str, joined(each)))}" for (kind, origin), each in self.whom.items()
        )


def spans(before: Pack, after: Pack) -> list[Span]:
    """The amounts between which no line of either pack lies, from 0 up."""
    starts = sorted({Decimal("0.00"), *(line.first for pack in (before, after) for line in lines(pack))})
    return [Span(least, above - CENT) for least, above in pairwise(starts)] + [Span(starts[-1], None)]


def joined(found: list[Span]) -> list[Span]:
    """Spans that touch, as one."""
    whole: list[Span] = []
    for each in found:
        last = whole[-1] if whole else None
        if last and last.most is not None and last.most + CENT == each.least:
            whole[-1] = Span(last.least, each.most)
        else:
            whole.append(each)
    return whole


def groups(before: Pack, after: Pack) -> list[tuple[str, str]]:
    """Kinds and origins that both packs know."""
    return [
        (kind, origin)
        for kind in before.kinds
        if kind in after.kinds
        for origin in before.origins
        if origin in after.origins
    ]


def differences(before: Pack, after: Pack) -> list[Difference]:
    """Every duty that comes (+) or goes (-), in the order of the rules."""
    found: dict[tuple, Difference] = {}
    for kind, origin in groups(before, after):
        for span in spans(before, after):
            facts = {"project.kind": kind, "project.origin": origin, AMOUNT: span.least}
            change = compare(before, after, facts)
            for sign, duties in (("+", change.added), ("-", change.dropped)):
                for duty in duties:
                    one = found.setdefault((sign, duty.rule, duty.what), Difference(sign, duty))
                    one.whom.setdefault((kind, origin), []).append(span)
    return list(found.values())


def heads(before: Pack, after: Pack) -> list[tuple[str, object, object]]:
    """What the heads say differently, and the kinds, origins and routes."""
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in (*HEAD, "kinds", "origins")]
    pairs += [(f"route {kind}", before.route_for(kind, origin), after.route_for(kind, origin))
              for kind, origin in groups(before, after)]  # fmt: skip
    return [pair for pair in dict.fromkeys(pairs) if pair[1] != pair[2]]
