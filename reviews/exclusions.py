"""Here: who of the pool is left out of a project's draw, and why in words. Not here: the draw (draw.py)."""

from collections import defaultdict
from datetime import date

from organizations import clock
from organizations.models import User
from policies.workdays import add_months
from projects.instruments import parameter
from projects.parties import Party, parties
from reviews.experts import names_of
from reviews.models import Draw, Expert, ExpertReview, Recusal
from reviews.panel import members

PARAMETER = "expert_rest_months"
Reasons = dict[str, list[str]]


def rest_months(project) -> int:
    """How many months an expert rests after a review; 0 where the place sets none."""
    pack = project.pack
    if PARAMETER not in {spec.name for spec in pack.parameters}:
        return 0
    return int(parameter(pack, PARAMETER, jurisdiction_id=project.jurisdiction_id) or 0)


def exclusions(project, experts: list[Expert], months: int) -> Reasons:
    """Reasons by expert id as text, in the order of ids; whoever is not named may be drawn. A fixed number of queries."""
    found: Reasons = defaultdict(list)
    firms = parties(project)
    staff = set(User.objects.filter(organization=project.department).values_list("display_name", flat=True))
    stepped_back = {row.expert_id: row for row in Recusal.objects.filter(project=project)}
    served = recent_service(project, months)
    for each in sorted(experts, key=lambda expert: expert.pk):
        reasons = [
            *(["已停用:" + (each.suspended_reason or "未写理由")] if not each.active else []),
            *_of_unit(project, each, staff),
            *_of_party(each, firms),
            *([_stepped_back(stepped_back[each.pk])] if each.pk in stepped_back else []),
            *_tired(served, each, months),
        ]
        if reasons:
            found[str(each.pk)] = reasons
    return dict(found)


def _of_unit(project, expert: Expert, staff: set[str]) -> list[str]:
    if expert.employer in names_of(project.department):
        return ["在本项目建设单位工作"]
    return ["与本项目建设单位的用户同名"] if expert.name in staff else []


def _of_party(expert: Expert, firms: list[Party]) -> list[str]:
    employer = Party("", expert.employer)
    return [f"工作单位是本项目的{firm.role}" for firm in firms if firm.is_same_as(employer)]


def _stepped_back(row: Recusal) -> str:
    return f"{row.kind}:{row.reason}"


def _tired(served: dict, expert: Expert, months: int) -> list[str]:
    on = max(filter(None, [served.get(expert.pk), served.get(expert.name)]), default=None)
    return [f"{on.isoformat()} 参加过其他项目的评审,{months} 个月内不再抽取"] if on else []


def recent_service(project, months: int) -> dict[int | str, date]:
    """The last day within `months` on which somebody served on another project: by id from draws, by name from sheets."""
    if not months:
        return {}
    today, found = clock.today(), {}

    def note(who: int | str, on: date) -> None:
        if add_months(on, months) > today:
            found[who] = max(on, found.get(who, on))

    for draw in standing_draws([project.jurisdiction_id]).exclude(sealed__project=project):
        for member in members(draw):
            note(member.expert.pk, draw.drawn_on)
    sheets = ExpertReview.objects.filter(project__jurisdiction=project.jurisdiction, voided_at=None)
    for names, on in sheets.exclude(project=project).values_list("experts", "recorded_on"):
        for name in names:
            note(name, on)
    return found


def standing_draws(jurisdictions):
    """The newest draw of each project of these jurisdictions, with its seats and recusals; a fixed number of queries."""
    newest: dict[int, int] = {}
    rows = Draw.objects.filter(sealed__project__jurisdiction__in=jurisdictions).order_by("id")
    for pk, project in rows.values_list("pk", "sealed__project_id"):
        newest[project] = pk
    with_all = rows.select_related("sealed__project").prefetch_related(
        "seats__expert", "recusals__expert", "recusals__replacement"
    )
    return with_all.filter(pk__in=newest.values())
