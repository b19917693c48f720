"""Here: how trial runs, tests and the arrangement of an acceptance are put on file. Not here: what is asked of them (packs)."""

from datetime import date

from django import forms

from acceptance.models import (
    AcceptancePlan,
    AcceptanceSupervision,
    ComplexityFinding,
    PanelMember,
    SupervisionAttendee,
    TestStandard,
    ThirdPartyTest,
    TrialExemption,
    TrialExemptionConfirmation,
    TrialRun,
)
from organizations import clock
from organizations.certificates import accepted_types
from organizations.models import CertificateFamily, CertificateType, Organization
from procurement.choices import not_in_future
from projects.evidence import EVIDENCE, between, evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form
from projects.states import State

BEFORE_CONCLUSION = between(State.BUILDING, State.ACCEPTING)


def refuse_disorder(form: forms.Form, first: str, last: str, message: str) -> None:
    """Put an error at `last` when it lies before `first`."""
    begin, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if begin and end and end < begin:
        form.add_error(last, forms.ValidationError(message, code="order"))


def trial_run_example(project) -> dict:
    """A trial run that ends today, 合格."""
    today = clock.today().isoformat()
    return {"started_on": today, "ended_on": today, "conclusion": TrialRun.PASSED, "material": "试运行报告"}


@evidence(
    "trial_run", label="试运行", stage="验收", by=["applicant"], open_in=between(State.BUILDING, State.TRIAL),
    example=trial_run_example, help="试运行没有规定最短天数;不合格的,整改后再登记一次。",
)  # fmt: skip
class TrialRunForm(EvidenceForm):
    """The unit registers how its trial run went."""

    class Meta(EvidenceForm.Meta):
        model = TrialRun
        fields = ["started_on", "ended_on", "conclusion", "material", "remark"]

    def clean_ended_on(self):
        """A trial run with a conclusion has ended."""
        return not_in_future(self.cleaned_data["ended_on"], "试运行结束日期")

    def clean(self):
        """The end is not before the start."""
        refuse_disorder(self, "started_on", "ended_on", "结束日期不能早于开始日期。")
        return super().clean()


@evidence(
    "trial_exemption", label="竣工、试运行不适用说明", stage="验收", by=["applicant"],
    open_in=between(State.BUILDING, State.TRIAL),
    example=lambda project: {"reason": "本项目为年度运行维护服务,没有竣工和试运行环节。"},
)  # fmt: skip
class TrialExemptionForm(EvidenceForm):
    """The unit of an O&M project says why completion and trial run do not apply."""

    class Meta(EvidenceForm.Meta):
        model = TrialExemption
        fields = ["reason"]


@evidence(
    "trial_exemption_confirmation", label="不适用确认", stage="验收", by=["centre"],
    open_in=between(State.BUILDING, State.TRIAL),
    example=lambda project: {"agreed": True, "opinion": "情况属实。"},
)  # fmt: skip
class TrialExemptionConfirmationForm(EvidenceForm):
    """The centre confirms the newest exemption, or does not."""

    class Meta(EvidenceForm.Meta):
        model = TrialExemptionConfirmation
        fields = ["agreed", "opinion"]

    def clean(self):
        """There must be an exemption to answer."""
        self.exemption = EVIDENCE["trial_exemption"].current(self.project)
        if self.exemption is None:
            raise forms.ValidationError("建设单位尚未填报不适用说明。", code="nothing_to_confirm")
        return super().clean()

    def prepare(self, record) -> None:
        """The newest exemption is the one answered."""
        record.exemption = self.exemption


@evidence(
    "complexity_finding", label="技术复杂认定", stage="验收", by=["centre"],
    open_in=between(State.CONTRACTED, State.ACCEPTING),
    example=lambda project: {"technically_complex": False, "reason": "采用成熟软件,架构简单,不涉及复杂集成。"},
)  # fmt: skip
class ComplexityFindingForm(EvidenceForm):
    """The centre finds the project technically complex or not."""

    class Meta(EvidenceForm.Meta):
        model = ComplexityFinding
        fields = ["technically_complex", "reason"]


def third_party_test_example(project) -> dict:
    """A complete test of today by an independent institution, under a national standard."""
    today = clock.today()
    return {
        "firm_name": "浙江省软件检测中心",
        "certificate_type": next((each.pk for each in accepted_types(CertificateFamily.TESTING)), ""),
        "certificate_number": "CMA-2301",
        "valid_from": date(today.year - 1, 1, 1).isoformat(),
        "valid_to": date(today.year + 3, 12, 31).isoformat(),
        "certificate_scan": "资质证书",
        "tested_on": today.isoformat(),
        "standards": [{"number": "GB/T 25000.51-2016", "name": "就绪可用软件产品的质量要求和测试细则", "level": "国家"}],
        "report_number": "JC-001",
        "reported_on": today.isoformat(),
        "conclusion": ThirdPartyTest.PASSED,
        "report_file": "检测报告",
    }


@evidence(
    "third_party_test", label="第三方检测", stage="验收", by=["applicant"], open_in=BEFORE_CONCLUSION,
    example=third_party_test_example, help="未达到强制检测条件的项目也可以自愿登记。",
)  # fmt: skip
class ThirdPartyTestForm(EvidenceForm):
    """A test by an institution with a certificate; what is left blank is for the clauses to refuse."""

    standards = LinesField(row_form(TestStandard, ["number", "name", "level"]), label="检测依据标准")
    line_models = {"standards": (TestStandard, "record")}

    class Meta(EvidenceForm.Meta):
        model = ThirdPartyTest
        fields = [
            "firm_name", "firm_credit_code", "certificate_type", "certificate_number", "valid_from", "valid_to",
            "certificate_scan", "tested_on", "report_number", "reported_on", "conclusion", "report_file",
        ]  # fmt: skip

    def order_columns(self) -> None:
        """Only certificate types in use for testing can be chosen."""
        accepted = [each.pk for each in accepted_types(CertificateFamily.TESTING, self.project.jurisdiction_id)]
        self.fields["certificate_type"].queryset = CertificateType.objects.filter(pk__in=accepted)

    def clean_tested_on(self):
        """The test has been done."""
        return not_in_future(self.cleaned_data["tested_on"], "检测日期")

    def clean(self):
        """Validity and report come in order."""
        refuse_disorder(self, "valid_from", "valid_to", "有效期止不能早于有效期起。")
        refuse_disorder(self, "tested_on", "reported_on", "报告日期不能早于检测日期。")
        return super().clean()


def acceptance_plan_example(project) -> dict:
    """An acceptance today with a panel of two, the finance office invited where there is one."""
    invited = Organization.objects.filter(offices__jurisdiction=project.jurisdiction, offices__role="finance")
    return {
        "planned_on": clock.today().isoformat(),
        "place": "市行政中心会议室",
        "panel": [
            {"name": "王组长", "organization": project.department.name, "role": "组长"},
            {"name": "李专家", "organization": "浙江大学", "role": "组员"},
        ],
        "departments": list(invited.values_list("name", flat=True)[:1]),
    }


@evidence(
    "acceptance_plan", label="验收安排", stage="验收", by=["applicant"], open_in=BEFORE_CONCLUSION,
    example=acceptance_plan_example, help="保存后通知主管部门和所邀请的部门。",
)  # fmt: skip
class AcceptancePlanForm(EvidenceForm):
    """Date, place, panel and the departments invited to supervise."""

    departments = forms.MultipleChoiceField(label="邀请监督的部门", required=False)
    panel = LinesField(row_form(PanelMember, ["name", "organization", "role"]), minimum=1, label="验收组名单")
    line_models = {"panel": (PanelMember, "record")}

    class Meta(EvidenceForm.Meta):
        model = AcceptancePlan
        fields = ["planned_on", "place", "departments", "remark"]

    def order_columns(self) -> None:
        """Units of the jurisdiction can be invited, by name."""
        units = Organization.objects.filter(jurisdiction=self.project.jurisdiction_id, active=True)
        self.fields["departments"].choices = [(name, name) for name in units.values_list("name", flat=True)]

    def clean_panel(self):
        """Signatures name members, so no two members share a name."""
        names = [row["name"] for row in self.cleaned_data["panel"]]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise forms.ValidationError(f"验收组成员姓名重复:{'、'.join(twice)},请加注以便区分。", code="duplicate")
        return self.cleaned_data["panel"]


@evidence(
    "acceptance_supervision", label="验收监督记录", stage="验收", by=["gov_office"],
    open_in=between(State.ACCEPTING, State.IN_SERVICE),
    example=lambda project: {
        "supervised_on": clock.today().isoformat(),
        "attendees": [{"department": "市府办", "person": "陈监督"}, {"department": "市财政局", "person": "周监督"}],
        "remark": "验收程序规范。",
    },
)  # fmt: skip
class AcceptanceSupervisionForm(EvidenceForm):
    """The governing office notes which departments and persons attended, and what they remarked."""

    attendees = LinesField(row_form(SupervisionAttendee, ["department", "person"]), minimum=1, label="参加部门和人员")
    line_models = {"attendees": (SupervisionAttendee, "record")}

    class Meta(EvidenceForm.Meta):
        model = AcceptanceSupervision
        fields = ["supervised_on", "remark"]

    def clean_supervised_on(self):
        """It has taken place."""
        return not_in_future(self.cleaned_data["supervised_on"], "监督日期")

    def prepare(self, record) -> None:
        """The newest arrangement is the one that was supervised."""
        record.plan = AcceptancePlan.objects.filter(project=self.project, voided_at=None).first()
