"""Here: every condition of every pack judged by an engine that is not ours, on all boundaries and at random. Not here: ours."""

import json
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
import zen

from policies import jdm
from policies.engine import applies
from policies.loader import available, load
from policies.pack import Pack, leaves
from policies.predicates import PREDICATES

AMOUNT = "project.investment"
FEN = Decimal("0.01")
SOMETIME = date(2026, 3, 2)


class World:
    """The facts that a pack's conditions look at, and the values that are worth trying for each."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        every = [
            each for part in jdm.PARTS for _, conditions in jdm.checks(pack, part) for each in leaves(conditions)
        ]
        self.kinds = {fact: jdm.kind_of(fact, pack) for each in every for fact in each.operands}
        self.values: dict[str, list] = {fact: [] for fact in self.kinds}
        for each in every:
            self.values[each.fact] += list(self.around(each.value))
        needed = {fact for each in every if not PREDICATES[each.test].accepts_unknown for fact in each.operands}
        for fact, kind in self.kinds.items():
            self.values[fact] += self.plain(fact, kind) + ([] if fact in needed else [None])

    def around(self, bound):
        """A bound and its neighbours."""
        if isinstance(bound, Decimal):
            yield from (bound - FEN, bound, bound + FEN)
        elif isinstance(bound, bool) or bound is None:
            return
        elif isinstance(bound, int):
            yield from (bound - 1, bound, bound + 1)
        elif isinstance(bound, date):
            yield from (bound - timedelta(1), bound, bound + timedelta(1))
        else:
            yield from [bound] if isinstance(bound, str) else bound

    def plain(self, fact: str, kind: str) -> list:
        """Values of the fact's kind that no bound names."""
        return {
            "money": [Decimal("0.00"), Decimal("12345678.90")],
            "number": [0, 3],
            "text": ["", "别的"],
            "choice": ["", "别的"],
            "date": [SOMETIME, SOMETIME + timedelta(400)],
            "flag": [True, False],
            "list": [[]],
        }[kind]

    def draw(self, dice: random.Random) -> dict:
        """A random project; lists hold some of the values."""
        return {fact: self.one(fact, dice) for fact in self.kinds}

    def one(self, fact: str, dice: random.Random):
        """A random value of a fact."""
        values = self.values[fact]
        if self.kinds[fact] == "list":
            texts = [each for each in values if isinstance(each, str)]
            return None if None in values and dice.random() < 0.1 else dice.sample(texts, dice.randint(0, len(texts)))
        return dice.choice(values)

    def boundaries(self, dice: random.Random):
        """For every fact every value worth trying, all else at random; kinds and origins of the pack with all amounts."""
        for fact, values in self.values.items():
            for each in values if self.kinds[fact] != "list" else ():
                yield self.draw(dice) | {fact: each}
        for kind in self.pack.kinds:
            for origin in self.pack.origins:
                for amount in self.values.get(AMOUNT, ()):
                    yield self.draw(dice) | {"project.kind": kind, "project.origin": origin, AMOUNT: amount}


def ours(pack: Pack, facts: dict) -> dict[str, set[str]]:
    """What our engine says holds."""
    return {
        part: {name for name, conditions in jdm.checks(pack, part) if applies(conditions, facts)} for part in jdm.PARTS
    }


@pytest.mark.parametrize("code", available())
def test_another_engine_agrees_on_every_boundary_and_on_random_projects(code, request):
    projects = request.config.getoption("projects")
    pack, dice = load(code), random.Random(code)
    world = World(pack)
    decision = zen.ZenEngine().create_decision(json.dumps(jdm.graph(pack), ensure_ascii=False))
    tried, differences = 0, []
    cases = [*world.boundaries(dice), *(world.draw(dice) for _ in range(projects))]
    for facts in cases:
        given = {jdm.identifier(fact): jdm.value(each) for fact, each in facts.items()}
        answer = decision.evaluate(given)["result"]
        theirs = {part: {row["check"] for row in answer.get(part) or ()} for part in jdm.PARTS}
        tried += 1
        if theirs != (mine := ours(pack, facts)):
            differences.append({part: sorted(theirs[part] ^ mine[part]) for part in jdm.PARTS})
    assert (tried >= projects, differences[:3]) == (True, [])


def test_a_moved_threshold_is_noticed():
    """The comparison can fail: a line put elsewhere makes the engines differ."""
    from policies.impact import moved_line

    pack = load("yueqing-2015")
    moved = moved_line(pack, Decimal("2000000.00"), Decimal("2000000.01"))
    decision = zen.ZenEngine().create_decision(json.dumps(jdm.graph(moved), ensure_ascii=False))
    world = World(pack)
    facts = world.draw(random.Random(1)) | {AMOUNT: Decimal("2000000.00")}
    given = {jdm.identifier(fact): jdm.value(each) for fact, each in facts.items()}
    theirs = {row["check"] for row in decision.evaluate(given)["result"]["applies"]}
    lost = {name.split("#")[0] for name in ours(pack, facts)["applies"] - theirs}
    assert lost and lost <= {rule.id for rule in pack.rules}
