"""Here: how the conclusion, the filing and the delivery are put on file. Not here: what is asked of them (packs)."""

from django import forms

from acceptance.models import (
    AcceptanceConclusion,
    AcceptanceFiling,
    AcceptanceFilingConfirmation,
    AcceptancePlan,
    Delivery,
)
from organizations import clock
from procurement.choices import not_in_future
from projects.evidence import EVIDENCE, between, evidence
from projects.forms import EvidenceForm
from projects.states import State


@evidence(
    "acceptance_conclusion", label="验收结论", stage="验收", by=["applicant"], open_in=[State.ACCEPTING],
    example=lambda project: {
        "conclusion": AcceptanceConclusion.PASSED,
        "concluded_on": clock.today().isoformat(),
        "opinion": "完成合同约定的建设内容,同意通过验收。",
        "file": "验收报告",
    },
    help="结论登记后,由“验收结论:通过”或“不通过,整改”生效。",
)  # fmt: skip
class AcceptanceConclusionForm(EvidenceForm):
    """The unit's conclusion with the signed report."""

    class Meta(EvidenceForm.Meta):
        model = AcceptanceConclusion
        fields = ["conclusion", "concluded_on", "opinion", "file"]

    def clean_concluded_on(self):
        """It has been reached."""
        return not_in_future(self.cleaned_data["concluded_on"], "结论日期")

    def prepare(self, record) -> None:
        """The newest arrangement is the one concluded."""
        record.plan = AcceptancePlan.objects.filter(project=self.project, voided_at=None).first()


@evidence(
    "acceptance_filing", label="验收备案", stage="验收", by=["applicant"],
    open_in=between(State.TRIAL, State.EVALUATED),
    example=lambda project: {
        "submitted_on": clock.today().isoformat(),
        "contents": "验收报告、试运行报告、变更情况报告、用户手册",
        "file": "验收材料",
    },
)  # fmt: skip
class AcceptanceFilingForm(EvidenceForm):
    """The unit sends the papers of a passed acceptance to the centre."""

    class Meta(EvidenceForm.Meta):
        model = AcceptanceFiling
        fields = ["submitted_on", "contents", "file", "supplement"]

    def clean_submitted_on(self):
        """They have been sent."""
        return not_in_future(self.cleaned_data["submitted_on"], "报送日期")


@evidence(
    "acceptance_filing_confirmation", label="备案确认", stage="验收", by=["centre"],
    open_in=between(State.ACCEPTED, State.EVALUATED), example=lambda project: {"accepted": True},
)  # fmt: skip
class AcceptanceFilingConfirmationForm(EvidenceForm):
    """The centre takes the newest filing in, or sends it back for completion."""

    class Meta(EvidenceForm.Meta):
        model = AcceptanceFilingConfirmation
        fields = ["accepted", "remark"]

    def clean(self):
        """There must be a filing to answer."""
        self.filing = EVIDENCE["acceptance_filing"].current(self.project)
        if self.filing is None:
            raise forms.ValidationError("建设单位尚未报送验收材料。", code="nothing_to_confirm")
        return super().clean()

    def prepare(self, record) -> None:
        """The newest filing is the one answered."""
        record.filing = self.filing


@evidence(
    "delivery", label="交付使用", stage="验收", by=["applicant"], open_in=between(State.TRIAL, State.ACCEPTED),
    example=lambda project: {"in_service_on": clock.today().isoformat()},
    help="正式投入使用满一年后,可以列入绩效评价。",
)  # fmt: skip
class DeliveryForm(EvidenceForm):
    """The day of formal use."""

    class Meta(EvidenceForm.Meta):
        model = Delivery
        fields = ["in_service_on", "remark"]
