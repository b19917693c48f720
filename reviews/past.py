"""Here: past projects that look like a new one. Not here: look-alikes among the projects handled here (duplicates.py)."""

from dataclasses import dataclass

from projects.models import PastProject
from reviews.duplicates import threshold
from reviews.similarity import described, grams, percent

MOST = 20


@dataclass(frozen=True)
class PastLikeness:
    """A past project, how alike it is in percent, and why it is shown."""

    past: PastProject
    similarity: int
    why: str


def alike_past(project) -> list[PastLikeness]:
    """The most alike first. They are pointed out, not judged: nobody can merge with what is finished (YQ-1.2-8)."""
    bound, name, aim = threshold(project), grams(project.name), described(project.objective)
    rows = PastProject.objects.filter(jurisdiction=project.jurisdiction).select_related("department")
    found = []
    for past in rows.iterator():
        by_name, by_aim = percent(name, grams(past.name)), percent(aim, described(past.objective))
        if max(by_name, by_aim) >= bound:
            why = ["同一单位"] if past.department_id == project.department_id else []
            why += [f"名称相似 {by_name}%"] if by_name >= bound else []
            why += [f"建设目标相似 {by_aim}%"] if by_aim >= bound else []
            found.append(PastLikeness(past, max(by_name, by_aim), ";".join(why)))
    return sorted(found, key=lambda each: (-each.similarity, -each.past.year, each.past.pk))[:MOST]
