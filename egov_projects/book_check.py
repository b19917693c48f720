"""Here: everything that can be wrong with packs and their scenarios, as lines with file and place. Not here: printing them."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import pairwise

from django.conf import settings

from deadlines.checks import problems as deadline_problems
from desk.checks import problems as notice_problems
from egov_projects.scenarios.names import names
from policies import scenarios
from policies.lines import AMOUNT
from policies.loader import PackError, load, located
from policies.pack import Pack, leaves
from policies.scenario_data import ScenarioError
from policies.verdicts import words
from projects.checks import problems as book_problems
from projects.evidence import EVIDENCE
from projects.models.edges import edges
from projects.transitions import is_forward

FIGURE = re.compile(r"(\d+(?:\.\d+)?)\s*万元")


def pack_problems(pack: Pack) -> list[str]:
    """What is wrong in a pack that could be read; each begins with the entry that it is about."""
    return [*book_problems(pack), *deadline_problems(pack), *notice_problems(pack), *_lost_places(pack)]


def problems(codes: Collection[str]) -> list[str]:
    """What is wrong with these packs, and with their scenarios once the packs are sound."""
    found = []
    for code in codes:
        try:
            found += located(load(code), pack_problems(load(code)))
        except PackError as error:
            found.append(str(error))
    return found or [line for code in codes for line in _scenario_problems(code)]


def hints(pack: Pack) -> list[str]:
    """Refusals that name no way out, though there would be one, or one that is closed when they refuse."""
    return [*_without_remedy(pack), *_closed_remedies(pack), *_stale_figures(pack)]


def _stale_figures(pack: Pack) -> Iterator[str]:
    """Amounts in the words of a rule that none of its conditions compares with, though it compares with some."""
    for rule in pack.rules:
        asked = {
            each.value
            for check in rule.checks
            for each in leaves((*check.when, *check.require))
            if each.fact == AMOUNT and isinstance(each.value, Decimal)
        }
        told = " ".join([rule.says, *(check.message for check in rule.checks)])
        for figure in dict.fromkeys(FIGURE.findall(told)):
            if asked and Decimal(figure) * 10000 not in asked:
                yield f"rule {rule.id}:文字里写“{figure}万元”,条件里却是 {'、'.join(words(each) for each in sorted(asked))}"


def _closed_remedies(pack: Pack) -> Iterator[str]:
    """Remedies that nobody can put on file in any state from which the move that asks for them starts."""
    ways = {(source, target) for route in pack.routes for source, target in pairwise(route.states)}
    starts = {name: {pair[0] for pair in pairs & ways} for name, pairs in edges().items() if is_forward(name)}
    for rule in pack.rules:
        for check in rule.checks:
            kind, states = EVIDENCE.get(check.remedy), set().union(*(starts.get(move, set()) for move in check.moves))
            if kind and kind.name in pack.records and check.severity == "refuse" and states:
                opened = pack.records[kind.name].open_in or kind.open_in
                if not states & set(opened):
                    yield (
                        f"rule {rule.id}:拦下时“{kind.name}”不能登记(项目在 {'、'.join(sorted(states))}),"
                        f"要能当场补正,可在 [records.{kind.name}] 写 open_in"
                    )


def _without_remedy(pack: Pack) -> list[str]:
    return [
        f"rule {rule.id}:拦下后不会提示到哪里补正,可加 remedy = “{family}”".replace("“", '"').replace("”", '"')
        for rule in pack.rules
        for check in rule.checks
        if check.moves and check.severity == "refuse" and not check.remedy and len(check.require) == 1
        for family in [check.require[0].fact.partition(".")[0]]
        if family in EVIDENCE and family in pack.records
    ]


def _scenario_problems(code: str) -> Iterator[str]:
    known = names()
    for path in scenarios.of(code):
        try:
            scenarios.read(path, known)
        except ScenarioError as error:
            yield f"{path.relative_to(scenarios.FOLDER)}:{error}"


def _lost_places(pack: Pack) -> Iterator[str]:
    """Rules whose `where` names a file that is not there."""
    for rule in pack.rules:
        for word in rule.where.replace(",", " ").replace(";", " ").split():
            if "/" in word and word.endswith(".py") and not (settings.BASE_DIR / word).exists():
                yield f"rule {rule.id}:where 里的文件“{word}”不存在"
