"""Here: answers about trial, test, arrangement and outcome that are not simply a field of a record. Not here: judging them."""

from datetime import date

from acceptance.models import (
    AcceptanceConclusion,
    AcceptanceFilingConfirmation,
    TestStandard,
    TrialExemptionConfirmation,
    TrialRun,
)
from organizations import clock
from organizations.models import Office
from policies.vocabulary import answers
from policies.workdays import add_months
from projects.evidence import EVIDENCE, between
from projects.instruments import parameter
from projects.states import State

BEFORE_ACCEPTANCE = (State.BUILDING, State.TRIAL)
AFTER_ACCEPTANCE = between(State.ACCEPTED, State.EVALUATED)
TRIAL_MONTHS = "trial_months"


def current(project, name: str):
    """The newest valid record of a kind, or None."""
    return EVIDENCE[name].current(project)


def stands_in(project, states) -> bool:
    """Whether the project is in one of these states, or was when it was suspended."""
    return project.held_state in states


@answers("acceptance.trial_exempt", kind="flag", label="已确认竣工、试运行不适用")
def trial_exempt(project) -> bool:
    """The newest exemption of an O&M project was confirmed by the centre, by its newest word (YQ-3.7-1, YQ-Q5)."""
    exemption = current(project, "trial_exemption")
    if exemption is None or project.kind in project.pack.construction_kinds:
        return False
    answer = TrialExemptionConfirmation.objects.filter(exemption=exemption, voided_at=None).first()
    return bool(answer and answer.agreed)


@answers("acceptance.technically_complex", kind="flag", label="属于技术复杂")
def technically_complex(project) -> bool:
    """As the centre found; complex until it finds otherwise (YQ-3.7-3, YQ-Q4)."""
    finding = current(project, "complexity_finding")
    return finding.technically_complex if finding else True


@answers("acceptance.test_certificate_type", kind="text", label="检测机构资质类型")
def test_certificate_type(project) -> str | None:
    """Name of the certificate type of the newest test (YQ-3.7-4)."""
    test = current(project, "third_party_test")
    return str(test.certificate_type) if test and test.certificate_type_id else None


@answers("acceptance.test_certificate_scan", kind="flag", label="已上传检测机构资质证书扫描件")
def test_certificate_scan(project) -> bool:
    """The scan is on file (YQ-3.7-4)."""
    test = current(project, "third_party_test")
    return bool(test and test.certificate_scan_id)


@answers("acceptance.test_report_file", kind="flag", label="已上传检测报告")
def test_report_file(project) -> bool:
    """The report is on file (YQ-3.7-6)."""
    test = current(project, "third_party_test")
    return bool(test and test.report_file_id)


@answers("acceptance.test_standards", kind="number", label="检测依据标准数")
def test_standards(project) -> int:
    """How many standards the newest test names (YQ-3.7-5)."""
    test = current(project, "third_party_test")
    return test.standards.count() if test else 0


@answers("acceptance.test_national_standards", kind="number", label="其中国家标准、行业标准数")
def test_national_standards(project) -> int:
    """How many of them are national or industry standards (YQ-3.7-5)."""
    test = current(project, "third_party_test")
    return test.standards.filter(level__in=(TestStandard.NATIONAL, TestStandard.INDUSTRY)).count() if test else 0


@answers("acceptance.plan_open", kind="flag", label="验收安排尚无结论")
def plan_open(project) -> bool | None:
    """Whether the newest arrangement still awaits its conclusion; a failed one is used up (YQ-3.7-2)."""
    plan = current(project, "acceptance_plan")
    return not plan.conclusions.filter(voided_at=None).exists() if plan else None


@answers("acceptance.supervised", kind="flag", label="验收有监督记录")
def supervised(project) -> bool | None:
    """Whether the arrangement of the newest conclusion has a supervision record; unknown before one (YQ-3.7-7)."""
    conclusion = current(project, "acceptance_conclusion")
    if conclusion is None:
        return None
    return EVIDENCE["acceptance_supervision"].valid(project).filter(plan=conclusion.plan_id).exists()


@answers("acceptance.passed", kind="flag", label="验收已通过")
def passed(project) -> bool:
    """The project went through the door with the conclusion 通过: a conclusion alone is not enough (YQ-3.7-9 to -11)."""
    conclusion = current(project, "acceptance_conclusion")
    concluded = conclusion is not None and conclusion.conclusion == AcceptanceConclusion.PASSED
    return concluded and stands_in(project, AFTER_ACCEPTANCE)


@answers("acceptance.passed_on", kind="date", label="验收通过日期")
def passed_on(project) -> date | None:
    """The day of the conclusion that passed (YQ-3.7-9, YQ-3.7-10)."""
    return current(project, "acceptance_conclusion").concluded_on if passed(project) else None


@answers("acceptance.filing_confirmed", kind="flag", label="验收备案已确认")
def filing_confirmed(project) -> bool:
    """The centre took in the newest filing (YQ-3.7-9)."""
    return filing_answer(project) is True


@answers("acceptance.days_unfiled", kind="number", label="验收通过后未备案天数", by_day=True)
def days_unfiled(project) -> int | None:
    """Days since the acceptance while nothing was filed, or the filing was sent back; None otherwise (YQ-3.7-9)."""
    since = passed_on(project)
    filed = current(project, "acceptance_filing") is not None and filing_answer(project) is not False
    return None if since is None or filed else (clock.today() - since).days


def filing_answer(project) -> bool | None:
    """The centre's newest word on the newest filing: taken in, sent back, or none yet."""
    filing = current(project, "acceptance_filing")
    answer = AcceptanceFilingConfirmation.objects.filter(filing=filing, voided_at=None).first() if filing else None
    return answer.accepted if answer else None


@answers("acceptance.days_since_trial", kind="number", label="试运行合格后等待验收天数", by_day=True)
def days_since_trial(project) -> int | None:
    """Days since the newest trial run ended 合格 while no acceptance is convened; None otherwise (YQ-3.7-12)."""
    trial = current(project, "trial_run")
    if trial is None or trial.conclusion != TrialRun.PASSED or not stands_in(project, BEFORE_ACCEPTANCE):
        return None
    return (clock.today() - trial.ended_on).days


@answers("acceptance.offices", kind="list", label="参加验收的部门职责")
def offices(project) -> list[str] | None:
    """Roles of the units in the panel or among the departments of the newest arrangement; unknown before one (ZC-A23-1)."""
    plan = current(project, "acceptance_plan")
    if plan is None:
        return None
    names = {*plan.departments, *plan.panel.values_list("organization", flat=True)}
    held = Office.objects.filter(jurisdiction=project.jurisdiction_id, active=True, organization__name__in=names)
    return sorted(set(held.values_list("role", flat=True)))


@answers("acceptance.trial_over_on", kind="date", label="试运行期满日期")
def trial_over_on(project) -> date | None:
    """The newest trial's first day plus the pack's `trial_months`; unknown before it and where no months are set (HQ-6.3-7)."""
    start = current(project, "trial_start")
    spec = next((each for each in project.pack.parameters if each.name == TRIAL_MONTHS), None)
    if start is None or spec is None:
        return None
    months = parameter(project.pack, TRIAL_MONTHS, jurisdiction_id=project.jurisdiction_id)
    return add_months(start.started_on, months) if isinstance(months, int) else None
