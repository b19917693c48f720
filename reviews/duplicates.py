"""Here: finding projects that look alike over all units and years (YQ-1.2-8). Not here: judging them, what a finding blocks."""

import logging
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from projects.instruments import parameter
from projects.models import Project
from projects.states import CLOSED, State
from reviews.models import DuplicateCandidate, DuplicateJudgement, DuplicateSearch
from reviews.models.duplicates import MERGE
from reviews.similarity import described, grams, percent

log = logging.getLogger(__name__)
ALIKE = 60
PARAMETER = "duplicate_similarity"
OUT_OF_SIGHT = (State.DRAFT, *CLOSED)


@dataclass(frozen=True)
class Likeness:
    """Another project that looks like this one: how alike in percent, and why it is listed."""

    project: int
    name: str
    similarity: int
    why: str


def run(search: DuplicateSearch) -> DuplicateSearch:
    """Fill in a search record: compare, keep the pairs. An error of any kind leaves it 未完成 (fails closed)."""
    try:
        with transaction.atomic():
            search.compared, found = look(search.project)
            keep(search.project, found)
        search.status, search.found, search.problem = DuplicateSearch.DONE, len(found), ""
    except Exception as error:  # whatever went wrong, the answer is "not finished", never "no duplicates"
        log.exception("duplicate search failed for project %s", search.project.pk)
        search.status, search.problem = DuplicateSearch.FAILED, type(error).__name__
    return search


def look(project) -> tuple[int, list[Likeness]]:
    """How many projects were compared, and those of the same unit or a shared category with a similar name or aim."""
    bound = threshold(project)
    name, aim, categories = grams(project.name), described(project.objective), set(project.categories)
    rows = Project.objects.filter(jurisdiction=project.jurisdiction).exclude(pk=project.pk)
    rows = rows.exclude(state__in=OUT_OF_SIGHT).values_list("pk", "name", "objective", "department_id", "categories")
    compared, found = 0, []
    for pk, other_name, other_aim, department, other_categories in rows.iterator():
        compared += 1
        shared = sorted(categories & set(other_categories))
        reasons = ["同一单位"] if department == project.department_id else []
        reasons += [f"同类:{'、'.join(shared)}"] if shared else []
        by_name, by_aim = percent(name, grams(other_name)), percent(aim, described(other_aim))
        if reasons and max(by_name, by_aim) >= bound:
            alike = [f"名称相似 {by_name}%"] if by_name >= bound else []
            alike += [f"建设目标相似 {by_aim}%"] if by_aim >= bound else []
            found.append(Likeness(pk, other_name, max(by_name, by_aim), ";".join([*reasons, *alike])[:200]))
    return compared, found


def threshold(project) -> int:
    """From how many percent on two projects count as alike: the jurisdiction's setting, else the house's default."""
    pack = project.pack
    if PARAMETER not in {spec.name for spec in pack.parameters}:
        return ALIKE
    set_to = parameter(pack, PARAMETER, jurisdiction_id=project.jurisdiction_id)
    return ALIKE if set_to is None else int(set_to)


def keep(project, found: list[Likeness]) -> None:
    """Store the pairs. One judged under the same names stays judged; one never judged and not found again is dropped."""
    mine = pairs(project)
    known = {pair.other(project).pk: pair for pair in mine.select_related("first", "second")}
    for each in found:
        names = sorted([project.name, each.name])
        pair = known.pop(each.project, None)
        if pair is None:
            first, second = sorted([project.pk, each.project])
            pair = DuplicateCandidate(first_id=first, second_id=second)
        elif pair.names != names:
            pair.state, pair.survivor = DuplicateCandidate.PENDING, None
        pair.names, pair.similarity, pair.why = names, each.similarity, each.why
        pair.save()
    stale = [pair.pk for pair in known.values() if pair.state == DuplicateCandidate.PENDING]
    mine.filter(pk__in=stale, judgements=None).delete()


def pairs(project):
    """Every stored pair of this project."""
    return DuplicateCandidate.objects.filter(Q(first=project) | Q(second=project))


def candidates(project):
    """The pairs that count now: the other project is on file and not closed, or the pair was judged."""
    gone = Q(second=project, first__state__in=OUT_OF_SIGHT) | Q(first=project, second__state__in=OUT_OF_SIGHT)
    counting = pairs(project).exclude(gone & Q(state=DuplicateCandidate.PENDING))
    return counting.select_related("first__department", "second__department", "survivor")


def pending(project):
    """The pairs that the centre has still to judge."""
    return candidates(project).filter(state=DuplicateCandidate.PENDING)


def open_pairs():
    """Every pair that the centre has still to judge, of projects still on file."""
    gone = Q(first__state__in=OUT_OF_SIGHT) | Q(second__state__in=OUT_OF_SIGHT)
    return DuplicateCandidate.objects.filter(state=DuplicateCandidate.PENDING).exclude(gone)


def open_counts(projects) -> Counter[int]:
    """How many pairs wait to be judged, by project of these; one query."""
    pairs = open_pairs().filter(Q(first__in=projects) | Q(second__in=projects))
    return Counter(project for pair in pairs.values_list("first_id", "second_id") for project in pair)


def settle(candidate: DuplicateCandidate) -> None:
    """Let the pair say what its newest valid judgement says; without one it is 待判定 again."""
    newest = DuplicateJudgement.objects.filter(candidate=candidate, voided_at=None).order_by("-id").first()
    candidate.state = newest.conclusion if newest else DuplicateCandidate.PENDING
    candidate.survivor = newest.survivor if newest and newest.conclusion == MERGE else None
    candidate.save(update_fields=["state", "survivor"])
