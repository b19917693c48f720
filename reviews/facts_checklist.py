"""Here: answers about the two filled checklists, item by item. Not here: judging them (packs)."""

from policies.vocabulary import answers, declare
from reviews import checklist, current
from reviews.criteria import ITEMS, TECHNICAL

SHEETS = {
    "preliminary_opinion": ("预审", current.preliminary_opinion, tuple(ITEMS)),
    "scheme_opinion": ("评审", current.scheme_opinion, TECHNICAL),
}
COLUMNS = {"conclusion": "结论", "basis": "依据", "remark": "说明"}


def _reader(opinion_of, item: str, column: str):
    def read(project) -> str | None:
        line = checklist.lines(opinion_of(project)).get(item)
        return (getattr(line, column).strip() or None) if line else None

    return read


for sheet, (stage, opinion_of, items) in SHEETS.items():
    for item in items:
        for column, word in COLUMNS.items():
            suffix = "" if column == "conclusion" else f"_{column}"
            declare(f"{sheet}.{item}{suffix}", "text", f"{stage}清单{item}的{word}", _reader(opinion_of, item, column))


@answers("preliminary_opinion.missing", kind="list", label="没有结论的审核项")
def missing(project) -> list[str]:
    """Sub-items of the five criteria without a conclusion (YQ-1.2-12)."""
    return checklist.missing(current.preliminary_opinion(project), ITEMS)


@answers("preliminary_opinion.unexplained", kind="list", label="不适用而未写理由的审核项")
def unexplained(project) -> list[str]:
    """Sub-items found 不适用 without a reason (YQ-1.2-12)."""
    return checklist.unexplained(current.preliminary_opinion(project))


@answers("preliminary_opinion.unmet", kind="list", label="预审不符合的审核项")
def unmet(project) -> list[str]:
    """Sub-items found 不符合 (YQ-1.2-12)."""
    return checklist.unmet(current.preliminary_opinion(project))


@answers("scheme_opinion.unmet", kind="list", label="评审不符合的审核项")
def scheme_unmet(project) -> list[str]:
    """Sub-items of the scheme's review found 不符合 (YQ-1.2-9, YQ-1.2-10)."""
    return checklist.unmet(current.scheme_opinion(project))
