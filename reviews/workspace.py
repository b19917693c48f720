"""Here: what this room adds to the filing workspace: similar projects, 拆分雷达, what the reviewer will ask. Not here: pages."""

import logging
from dataclasses import dataclass

from django.urls import reverse

from projects import rehearsal, workspace
from projects.models import Project
from projects.scope import visible_projects
from reviews import duplicates
from reviews.corrections import unanswered
from reviews.models import FilingReceipt, PreliminaryOpinion
from reviews.radar import crossings, near_line

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Similar:
    """A candidate. `project` is None where its content is not public to this person (YQ-2.2-2): then only the likeness shows."""

    project: Project | None
    similarity: int
    why: str


@dataclass(frozen=True)
class Search:
    """A trial search: `done` False means 未完成, which never reads as 'nothing found'."""

    done: bool
    compared: int = 0
    found: tuple[Similar, ...] = ()
    problem: str = ""


def search(project, user) -> Search:
    """Compare a draft with every filed project; nothing is recorded. An error of any kind leaves it 未完成."""
    if not project.objective.strip():
        return Search(False, problem="建设目标还没有填,暂时只能比对名称。先填“建设内容”,再回来看。")
    try:
        compared, alike = duplicates.look(project)
    except Exception:  # whatever went wrong, the answer is "not finished", never "no duplicates"
        log.exception("trial search failed for project %s", project.pk)
        return Search(False, problem="比对没有做完,请稍后再看;提交后系统会再比对一次。")
    seen = visible_projects(user).select_related("department").in_bulk([each.project for each in alike])
    found = [Similar(seen.get(each.project), each.similarity, each.why) for each in alike]
    return Search(True, compared, tuple(sorted(found, key=lambda each: -each.similarity)))


def fill(project, user) -> dict:
    """For the section's template."""
    return {"search": search(project, user), "crossings": crossings(project), "near": near_line(project)}


def count(project, user) -> str:
    """How many look alike; 未完成 while that is not known."""
    found = search(project, user)
    return (str(len(found.found)) if found.found else "") if found.done else "未完成"


workspace.section(
    "similar", "相似项目", order=60, template="reviews/filing_similar.html", fill=fill, count=count,
)  # fmt: skip


@workspace.notice
def returned(project, user) -> list[workspace.Notice]:
    """What the centre asked to have mended and nobody has answered yet."""
    points = len(unanswered(project))
    url = reverse("reviews:corrections", args=[project.number])
    return [workspace.Notice(f"{project.pack.office('centre')}退回补正,还有 {points} 项没有答复。", url)] if points else []


@workspace.hint
def similar_hints(project, user) -> list[workspace.Hint]:
    """What the centre will look at: similar projects, and sums that cross a line."""
    found = search(project, user)
    if not found.done:
        hints = [workspace.Hint("similar", f"查重未完成:{found.problem}")]
    else:
        alike = f"有 {len(found.found)} 个项目与本项目相似,{project.pack.office('centre')}审核时会逐个判定是否重复。"
        hints = [workspace.Hint("similar", alike)] if found.found else []
    return hints + [
        workspace.Hint("similar", f"与本单位相近的项目合计{each.line.words}:{each.arithmetic}。")
        for each in crossings(project)
    ]


rehearsal.later(
    "record:filing_receipt",
    "record:preliminary_opinion",
    "endorse",
    presuming={
        "filing_receipt.outcome": FilingReceipt.ACCEPTED,
        "preliminary_opinion.opinion": PreliminaryOpinion.AGREE,
    },
)
