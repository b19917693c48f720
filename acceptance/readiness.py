"""Here: 验收体检, what is still missing before an acceptance can pass, and who owes it. Not here: any rule (packs)."""

from dataclasses import dataclass

from policies.verdicts import Verdict
from projects.judgement import judge
from projects.permissions import offices_in_words
from projects.transitions import label_of, passed

GATES = ("start_trial", "convene_acceptance", "accept")


@dataclass(frozen=True)
class Missing:
    """One thing that stands in the way of a move: the verdict, the move in words, and who owes it, in words and by role."""

    move: str
    before: str
    owed_by: str
    owes: tuple[str, ...]
    verdict: Verdict

    @property
    def blocks(self) -> bool:
        """False for what is only pointed out."""
        return self.verdict.blocks


@dataclass(frozen=True)
class Readiness:
    """The check-up of one project: what is missing and what is pointed out, each by clause."""

    missing: tuple[Missing, ...]
    flagged: tuple[Missing, ...]

    @property
    def ready(self) -> bool:
        """Nothing stands in the way of the conclusion 通过."""
        return not self.missing

    @property
    def summary(self) -> str:
        """One line for people."""
        return f"还差{len(self.missing)}项" if self.missing else "已具备验收通过的条件"

    @property
    def by_owner(self) -> dict[str, list[Missing]]:
        """What is missing under whoever owes it, in the order it comes up."""
        found: dict[str, list[Missing]] = {}
        for each in self.missing:
            found.setdefault(each.owed_by, []).append(each)
        return found


def readiness(project) -> Readiness:
    """What the clauses still ask for before each coming move up to the conclusion 通过; each clause once."""
    found: dict[tuple[str, str], Missing] = {}
    for move in GATES:
        if move in project.pack.moves and not passed(project, move) and _on_route(project, move):
            for verdict in judge(project, move):
                if verdict.blocks or verdict.outcome == "flags":
                    found.setdefault((verdict.rule, verdict.reason), _missing(project, move, verdict))
    items = tuple(found.values())
    return Readiness(tuple(one for one in items if one.blocks), tuple(one for one in items if not one.blocks))


def _missing(project, move: str, verdict: Verdict) -> Missing:
    owes = verdict.unblock or project.pack.moves[move].by
    return Missing(move, label_of(project, move), offices_in_words(project, owes), tuple(owes), verdict)


def _on_route(project, move: str) -> bool:
    return move != "start_trial" or "trial" in project.route
