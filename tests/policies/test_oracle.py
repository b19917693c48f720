"""Here: every condition of every pack judged by an engine that is not ours, on all boundaries and at random. Not here: ours."""

import json
import random
import sys
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
import zen

from policies import jdm
from policies.engine import applies
from policies.loader import available, load
from policies.pack import Condition, Pack, leaves

AMOUNT = "project.investment"
FEN = Decimal("0.01")
SOMETIME = date(2026, 3, 2)
TRIES = 200
PLAIN = {
    "money": [Decimal("0.00"), Decimal("12345678.90")],
    "number": [0, 3],
    "text": ["", "别的"],
    "choice": ["", "别的"],
    "date": [SOMETIME, SOMETIME + timedelta(400)],
    "flag": [True, False],
    "list": ["别的"],
}


class World:
    """The facts that a pack's conditions look at, and the values that are worth trying for each; None is unknown."""

    def __init__(self, pack: Pack, dice: random.Random) -> None:
        self.pack, self.dice = pack, dice
        self.conditions = [conditions for part in jdm.PARTS for _, conditions in jdm.checks(pack, part)]
        every = [each for conditions in self.conditions for each in leaves(conditions)]
        self.kinds = {fact: jdm.kind_of(fact, pack) for each in every for fact in each.operands}
        self.values: dict[str, list] = {fact: [None, *PLAIN[kind]] for fact, kind in self.kinds.items()}
        for each in every:
            known = self.values[each.fact]
            known += [value for value in self.around(each.value) if value not in known]
            if self.kinds.get(each.other) == "list":
                self.values[each.other] += PLAIN[self.kinds[each.fact]]

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

    def draw(self) -> dict:
        """A random project."""
        return {fact: self.one(fact) for fact in self.kinds}

    def one(self, fact: str):
        """A random value of a fact; a list holds some of its values."""
        values = self.values[fact]
        if self.kinds[fact] == "list" and self.dice.random() < 0.9:
            return self.dice.sample(values[1:], self.dice.randint(0, len(values) - 1))
        return self.dice.choice(values) if self.kinds[fact] != "list" else None

    def boundaries(self):
        """For every fact every value worth trying, all else at random; kinds and origins of the pack with all amounts."""
        for fact, values in self.values.items():
            for each in values if self.kinds[fact] != "list" else ():
                yield self.draw() | {fact: each}
        for kind in self.pack.kinds:
            for origin in self.pack.origins:
                for amount in self.values.get(AMOUNT, ()):
                    yield self.draw() | {"project.kind": kind, "project.origin": origin, AMOUNT: amount}

    def both_sides(self):
        """For the conditions of every check a project that meets them all, and one that fails by its last."""
        for conditions in self.conditions:
            facts = self.draw()
            for each in conditions:
                self.settle(facts, each, True)
            yield dict(facts)
            self.settle(facts, conditions[-1], False)
            yield facts

    def settle(self, facts: dict, condition: Condition, wanted: bool) -> None:
        """Draw the facts of a condition until it comes out as wanted; of alternatives one is enough to meet it."""
        alone = condition.any[:1] if condition.any and wanted else condition.any or (condition,)
        for each in leaves(alone):
            for _ in range(TRIES):
                if applies((each,), facts) is wanted:
                    break
                facts.update({fact: self.one(fact) for fact in each.operands})


def ours(pack: Pack, facts: dict) -> dict[str, set[str]]:
    """What our engine says holds."""
    return {
        part: {name for name, conditions in jdm.checks(pack, part) if applies(conditions, facts)} for part in jdm.PARTS
    }


@pytest.mark.parametrize("code", available())
def test_another_engine_agrees_on_every_boundary_and_on_random_projects(code, request):
    projects = request.config.getoption("projects")
    pack = load(code)
    world = World(pack, random.Random(code))
    decision = zen.ZenEngine().create_decision(json.dumps(jdm.graph(pack), ensure_ascii=False))
    outcomes, differences, tried, held = set(), [], 0, Counter()
    for facts in (*world.boundaries(), *world.both_sides(), *(world.draw() for _ in range(projects))):
        given = {jdm.identifier(fact): jdm.value(each) for fact, each in facts.items()}
        answer = decision.evaluate(given)["result"]
        theirs = {part: {row["check"] for row in answer.get(part) or ()} for part in jdm.PARTS}
        mine = ours(pack, facts)
        if theirs != mine:
            differences.append({part: sorted(theirs[part] ^ mine[part]) for part in jdm.PARTS})
        tried += 1
        held.update((part, name) for part, names in mine.items() for name in names)
        outcomes.add(tuple(frozenset(names) for names in mine.values()))
    every = {(part, name) for part in jdm.PARTS for name, _ in jdm.checks(pack, part)}
    one_sided = sorted(each for each in every if not 0 < held[each] < tried)
    told = f"{tried} projects, {len(every)} conditions, {len(outcomes)} outcomes, {len(differences)} differences"
    sys.stdout.write(f"{code}: {told}\n")
    assert (tried >= projects, differences[:3], one_sided) == (True, [], [])


def test_a_moved_threshold_is_noticed():
    """The comparison can fail: a line put elsewhere makes the engines differ."""
    from policies.impact import moved_line

    pack = load("yueqing-2015")
    moved = moved_line(pack, Decimal("2000000.00"), Decimal("2000000.01"))
    decision = zen.ZenEngine().create_decision(json.dumps(jdm.graph(moved), ensure_ascii=False))
    world = World(pack, random.Random(1))
    facts = world.draw() | {AMOUNT: Decimal("2000000.00")}
    given = {jdm.identifier(fact): jdm.value(each) for fact, each in facts.items()}
    theirs = {row["check"] for row in decision.evaluate(given)["result"]["applies"]}
    lost = {name.split("#")[0] for name in ours(pack, facts)["applies"] - theirs}
    assert lost and lost <= {rule.id for rule in pack.rules}
