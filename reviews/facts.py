"""Here: answers about 受理, 预审 and the scheme that are not simply a field of a record. Not here: judging them (packs)."""

from policies.vocabulary import FACTS, answers
from projects.states import State
from projects.transitions import passed
from reviews import current, duplicates, radar
from reviews.models import DuplicateSearch, FilingReceipt, PreliminaryOpinion, ReturnLetter
from reviews.models.duplicates import MERGE, SAME
from reviews.models.review import FAILED
from reviews.plan import proposed_method

UNIT_RESULTS = "performance.unit_results"


@answers("reviews.received", kind="flag", label="本次申报已受理")
def received(project) -> bool:
    """The newest filing was taken in with 受理 (YQ-3.2-3)."""
    found = current.receipt(project)
    return bool(found and found.outcome == FilingReceipt.ACCEPTED)


@answers("reviews.opined", kind="flag", label="本次申报已出预审意见")
def opined(project) -> bool:
    """There is an opinion on the newest filing (YQ-3.2-3)."""
    return current.preliminary_opinion(project) is not None


@answers("reviews.agreed", kind="flag", label="本次申报的预审意见为同意")
def agreed(project) -> bool:
    """The newest opinion on the newest filing is 同意 (YQ-3.2-3)."""
    found = current.preliminary_opinion(project)
    return bool(found and found.opinion == PreliminaryOpinion.AGREE)


@answers("reviews.split_sums", kind="list", label="与本单位类似项目合计后达到的限额")
def split_sums(project) -> list[str]:
    """Lines crossed only together with similar projects of the unit, with the arithmetic; a hint, no finding (OQ-MY-1)."""
    return [crossing.arithmetic for crossing in radar.crossings(project)]


@answers("reviews.awaits_opinion", kind="flag", label="已受理未出意见")
def awaits_opinion(project) -> bool:
    """Accepted, and no opinion on this filing yet: 未出意见 (YQ-3.2-3)."""
    return project.state == State.FILED and received(project) and not opined(project)


@answers("reviews.return_letter", kind="flag", label="本次申报已有一次性告知书")
def return_letter(project) -> bool:
    """A letter that numbers the defects of the newest filing is on file."""
    return ReturnLetter.of_this_filing(project).exists()


@answers("reviews.refusal_on_file", kind="flag", label="已有不予受理、不同意或未通过的意见")
def refusal_on_file(project) -> bool:
    """What a rejection rests on: 不予受理 or 不同意 on this filing, or 未通过 on the scheme under review."""
    if project.state == State.SCHEME_FILED:
        opinion = current.scheme_opinion(project)
        return bool(opinion and opinion.conclusion == FAILED)
    receipt, preliminary = current.receipt(project), current.preliminary_opinion(project)
    return bool(
        (receipt and receipt.outcome == FilingReceipt.DECLINED)
        or (preliminary and preliminary.opinion == PreliminaryOpinion.DISAGREE)
    )


@answers("reviews.duplicates_searched", kind="flag", label="查重已完成")
def duplicates_searched(project) -> bool:
    """The newest search of this filing finished; none, or one that failed, is 'no' (YQ-1.2-8)."""
    search = DuplicateSearch.of_this_filing(project).first()
    return bool(search and search.status == DuplicateSearch.DONE)


@answers("reviews.duplicates_pending", kind="number", label="待判定的疑似重复项目数")
def duplicates_pending(project) -> int:
    """How many pairs the centre has still to judge (YQ-1.2-8). A number only: the unit may see this verdict."""
    return duplicates.pending(project).count()


@answers("reviews.duplicates_confirmed", kind="number", label="判定为重复的项目数")
def duplicates_confirmed(project) -> int:
    """How many pairs were judged 重复 (YQ-1.2-8)."""
    return duplicates.candidates(project).filter(state=SAME).count()


@answers("reviews.merged_away", kind="flag", label="已判定归并到其他项目")
def merged_away(project) -> bool:
    """A pair was judged 归并 and the other project stays (YQ-1.2-8)."""
    return duplicates.candidates(project).filter(state=MERGE).exclude(survivor=project).exists()


@answers("reviews.earlier_results", kind="list", label="本单位以往绩效评价结果")
def earlier_results(project) -> list:
    """The unit's earlier evaluation results, from the performance room; none while nobody answers (YQ-3.8-6)."""
    fact = FACTS.get(UNIT_RESULTS)
    return (fact.answer(project) or []) if fact and fact.answer else []


@answers("reviews.budget_arranged", kind="flag", label="已列入年度预算")
def budget_arranged(project) -> bool:
    """The budget of the project was approved and not gone back on (YQ-3.4-3)."""
    return passed(project, "approve_budget")


@answers("reviews.scheme_submitted", kind="flag", label="技术方案已送审")
def scheme_submitted(project) -> bool:
    """A scheme lies with the centre (YQ-3.4-1)."""
    return current.submitted(project)


@answers("reviews.proposed_method", kind="text", label="系统建议的评审方式")
def method(project) -> str | None:
    """专家评审 where the pack asks for experts, else 中心评审 (YQ-3.4-8)."""
    return proposed_method(project)


@answers("reviews.waiting_days", kind="number", label="送审后已等待天数", by_day=True)
def waiting_days(project) -> int | None:
    """Calendar days since the scheme was submitted, while it waits; None otherwise (YQ-3.4-9)."""
    from organizations import clock

    if project.state != State.SCHEME_FILED:
        return None
    on = project.passages.filter(move="submit_scheme").order_by("-number").values_list("on", flat=True).first()
    return (clock.today() - on).days if on else None
