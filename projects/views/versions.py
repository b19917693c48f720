"""Here: the page that sets two submissions of a filing side by side. Not here: what differs (projects/versions.py)."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.evidence import EVIDENCE
from projects.versions import content_of, difference
from projects.views.project import visible_project

DRAFT = "draft"


@dataclass(frozen=True)
class Side:
    """Something to compare: a submission by its number, or the draft as it stands."""

    key: str
    label: str
    content: dict
    version: object = None


@login_required
@require_safe
def versions_page(request, number: str):
    """Two contents of the filing and what differs; by default the newest two. Below, every version of every document."""
    project = visible_project(request, number)
    kept = list(project.versions.select_related("made_by"))
    sides = [Side(str(each.number), f"{each}({each.made_at:%Y-%m-%d})", each.content, each) for each in kept]
    if kept and EVIDENCE["filing"].is_open(project):
        sides.append(Side(DRAFT, "修改中的草稿", content_of(project)))
    chosen = _chosen(request, sides)
    names = {spec.code: spec.name for spec in project.pack.materials}
    materials = project.materials.select_related("attachment", "recorded_by").order_by("code", "-version")
    context = {
        "project": project,
        "sides": sides,
        "chosen": chosen,
        "difference": difference(chosen[0].content, chosen[1].content, project.pack) if chosen else None,
        "materials": [{"name": names.get(each.code, each.code), "row": each} for each in materials],
    }
    return render(request, "projects/versions.html", context)


def _chosen(request, sides: list[Side]) -> tuple[Side, Side] | None:
    """The two that were asked for; what is unknown falls back to the newest two. None with fewer than two."""
    if len(sides) < 2:
        return None
    by_key = {side.key: side for side in sides}
    return (
        by_key.get(request.GET.get("from", ""), sides[-2]),
        by_key.get(request.GET.get("to", ""), sides[-1]),
    )
