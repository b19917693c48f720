"""Here: everything that can be wrong with packs and their scenarios, as lines with file and place. Not here: printing them."""

from collections.abc import Collection, Iterator

from django.conf import settings

from deadlines.checks import problems as deadline_problems
from desk.checks import problems as notice_problems
from egov_projects.scenarios.names import names
from policies.loader import PackError, load, located
from policies.pack import Pack
from policies.scenario_data import ScenarioError
from policies.scenarios import FOLDER, files, read
from projects.checks import problems as book_problems
from projects.evidence import EVIDENCE


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
    """Refusals that name no way out, though the evidence they ask for would be one."""
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
    for path in files([FOLDER / code]) if any((FOLDER / code).glob("*.toml")) else []:
        try:
            read(path, known)
        except ScenarioError as error:
            yield f"{path.relative_to(FOLDER)}:{error}"


def _lost_places(pack: Pack) -> Iterator[str]:
    """Rules whose `where` names a file that is not there."""
    for rule in pack.rules:
        for word in rule.where.replace(",", " ").replace(";", " ").split():
            if "/" in word and word.endswith(".py") and not (settings.BASE_DIR / word).exists():
                yield f"rule {rule.id}:where 里的文件“{word}”不存在"
