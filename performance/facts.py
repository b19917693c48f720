"""Here: answers about evaluations that are not simply a field of a record. Not here: judging them."""

from datetime import date

from django.db.models import Q

from organizations.models import Organization
from performance import eligible
from performance.models import DimensionFinding
from performance.results import results_of
from policies.vocabulary import answers
from projects.evidence import EVIDENCE
from projects.models import Project


def result(project):
    """The newest valid result, or None."""
    return EVIDENCE["evaluation_result"].current(project)


@answers("performance.eligible_on", kind="date", label="满一年可评价日期")
def eligible_on(project) -> date | None:
    """The first day on which an evaluation may start (YQ-3.8-2)."""
    return eligible.eligible_on(project)


@answers("performance.centre_participates", kind="flag", label="参加单位中有电子政务中心")
def centre_participates(project) -> bool | None:
    """Whether the unit that holds the centre's office is among the participants; unknown before a start (YQ-3.8-1)."""
    start = EVIDENCE["evaluation_start"].current(project)
    if start is None:
        return None
    centre = Q(offices__jurisdiction=project.jurisdiction_id, offices__role="centre", offices__active=True)
    return Organization.objects.filter(centre, name__in=start.participants).exists()


@answers("performance.experts", kind="number", label="评价专家人数")
def experts(project) -> int:
    """Experts named in the newest result (YQ-3.8-3)."""
    newest = result(project)
    return newest.experts.count() if newest else 0


@answers("performance.contract_file", kind="flag", label="已上传第三方委托合同")
def contract_file(project) -> bool:
    """The third party's contract is on file (YQ-3.8-3)."""
    newest = result(project)
    return bool(newest and newest.contract_file_id)


@answers("performance.missing_dimensions", kind="list", label="缺少评价情况的必评维度")
def missing_dimensions(project) -> list[str]:
    """Mandatory dimensions without a finding in the newest result (YQ-3.8-4)."""
    newest = result(project)
    found = set(newest.findings.values_list("dimension", flat=True)) if newest else set()
    return [dimension for dimension in DimensionFinding.MANDATORY if dimension not in found]


@answers("performance.unit_results", kind="list", label="本单位以往绩效结果")
def unit_results(project) -> list[str]:
    """Earlier results of the unit's other projects in words, newest first (YQ-3.8-6)."""
    others = Project.objects.filter(department=project.department_id).exclude(pk=project.pk)
    return [f"{row.concluded_on.year}年 {row.project.name}:{row.grade}" for row in results_of(others)]


@answers("performance.system_result", kind="text", label="本项目或所服务系统的最近绩效等级")
def system_result(project) -> str | None:
    """The newest grade of this project, of the system it serves, or of what else serves that system (YQ-3.8-7)."""
    system = project.serves_id or project.pk
    family = Project.objects.filter(Q(pk=project.pk) | Q(pk=system) | Q(serves=system))
    newest = results_of(family).first()
    return newest.grade if newest else None


@answers("performance.self_evaluation_from", kind="date", label="可以报送自评价的日期")
def self_evaluation_from(project) -> date | None:
    """The first day of the pack's window, from the later of acceptance and formal use (ZC-A27-1, ZC-Q9)."""
    return eligible.self_evaluation_window(project)[0]


@answers("performance.self_evaluation_to", kind="date", label="报送自评价的最后日期")
def self_evaluation_to(project) -> date | None:
    """The last day of the pack's window (ZC-A27-1, ZC-Q9)."""
    return eligible.self_evaluation_window(project)[1]
