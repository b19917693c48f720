"""Here: the rounds of correction: which defects a return names, what was answered, what is settled. Not here: pages, forms."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from projects import parts
from projects.versions import changed_parts
from reviews.models import Defect, DefectAnswer, DefectVerdict, ReturnLetter

WAITING, ANSWERED, SETTLED = "待答复", "已答复", "已认可"


@dataclass(frozen=True)
class Point:
    """One defect with its newest answer and what the centre says of that answer."""

    defect: Defect
    part: str
    rule: str
    answer: DefectAnswer | None
    verdict: DefectVerdict | None

    @property
    def state(self) -> str:
        """待答复 until it is answered, and again when the answer was not accepted; 已答复; 已认可."""
        if self.answer is None or (self.verdict and self.verdict.conclusion == DefectVerdict.DECLINED):
            return WAITING
        return SETTLED if self.verdict else ANSWERED


@dataclass(frozen=True)
class Round:
    """One return: its letter, the day it went out (None while it is being written), its points."""

    number: int
    letter: ReturnLetter
    sent_on: date | None
    points: list[Point]

    @property
    def waiting(self) -> list[Point]:
        """Points without a valid answer."""
        return [point for point in self.points if point.state == WAITING]

    @property
    def answered(self) -> list[Point]:
        """Points that the centre has still to judge."""
        return [point for point in self.points if point.state == ANSWERED]

    @property
    def settled(self) -> list[Point]:
        """Points that are done with."""
        return [point for point in self.points if point.state == SETTLED]


def rounds(project) -> list[Round]:
    """Every return of the project, the newest first, and the letter that is being written; of several the newest counts."""
    sent, newest = _returned(project)
    letters: dict[int, ReturnLetter] = {}
    for letter in _letters(project):
        if letter.filing_number in sent or letter.filing_number == newest:
            letters.setdefault(letter.filing_number, letter)
    found = []
    for number, filing in enumerate(sorted(letters), start=1):
        points = [_point(project, defect) for defect in letters[filing].defects.all()]
        found.append(Round(number, letters[filing], sent.get(filing), points))
    return found[::-1]


def _returned(project) -> tuple[dict[int, date], int]:
    """The filings that were returned, each with the day, and the newest filing; by ledger number."""
    sent, filing = {}, 0
    moves = project.passages.filter(move__in=["file", "return_filing"]).order_by("number")
    for number, move, day in moves.values_list("number", "move", "on"):
        if move == "file":
            filing = number
        else:
            sent[filing] = day
    return sent, filing


def _letters(project):
    verdicts = DefectVerdict.objects.filter(voided_at=None).select_related("recorded_by").order_by("-id")
    answers = (
        DefectAnswer.objects.filter(voided_at=None)
        .select_related("recorded_by", "file")
        .prefetch_related(Prefetch("verdicts", verdicts))
        .order_by("-id")
    )
    defects = Defect.objects.prefetch_related(Prefetch("answers", answers)).order_by("position", "id")
    mine = ReturnLetter.objects.filter(project=project, voided_at=None)
    return mine.select_related("recorded_by").prefetch_related(Prefetch("defects", defects)).order_by("-id")


def _point(project, defect: Defect) -> Point:
    answer = next(iter(defect.answers.all()), None)
    verdict = next(iter(answer.verdicts.all()), None) if answer else None
    rule = project.pack.by_id.get(defect.clause)
    says = f"{rule.clause} {rule.says}" if rule else ""
    return Point(defect, parts.label(project.pack, defect.part), says, answer, verdict)


def open_round(project) -> Round | None:
    """The newest return that went out: the one to be answered and judged."""
    return next((each for each in rounds(project) if each.sent_on), None)


def unanswered(project) -> list[Point]:
    """Points of the newest return that the unit has still to answer."""
    current = open_round(project)
    return current.waiting if current else []


def unjudged(project) -> list[Point]:
    """Answers that the centre has still to judge."""
    current = open_round(project)
    return current.answered if current else []


def earlier_letters(project):
    """Letters that went out with former filings, oldest first: what a new letter is held against."""
    sent, newest = _returned(project)
    sent.pop(newest, None)
    mine = ReturnLetter.objects.filter(project=project, voided_at=None, filing_number__in=sent)
    return mine.order_by("filing_number", "id")


def comes_late(project, rows: list[dict]) -> list[int]:
    """Numbers of rows that raise something new about a part that has not changed since the first return, without a reason.

    What is not known to have changed (no part named, or no version kept) counts as unchanged.
    """
    letters = list(earlier_letters(project))
    if not letters:
        return []
    named = list(Defect.objects.filter(record__in=letters).values_list("clause", "part"))
    changed = changed_parts(project, letters[0].filing_number) or set()
    return [
        number
        for number, row in enumerate(rows, start=1)
        if not row["late_reason"].strip() and row["part"] not in changed and not _named(row, named)
    ]


def _named(row: dict, named: list[tuple[str, str]]) -> bool:
    """Whether an earlier letter named this clause, for the same part where both name one."""
    return any(
        row["clause"] == clause and (not row["part"] or not part or row["part"] == part) for clause, part in named
    )
