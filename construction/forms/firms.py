"""Here: forms for supervision, subcontracts and declarations of independence. Not here: contracts (procurement)."""

from django import forms

from construction import examples
from construction.forms.building import check_period
from construction.independence import engagement, firms
from construction.models import (
    IndependenceDeclaration,
    Subcontract,
    SupervisionEngagement,
    SupervisionLeader,
    SupervisionReport,
)
from organizations.certificates import accepted_types
from organizations.models import CertificateFamily, CertificateType
from procurement.choices import not_in_future
from projects.evidence import between, evidence
from projects.forms import EvidenceForm
from projects.parties import CONTRACTOR
from projects.states import State

ENGAGED_IN = between(State.SCHEME_APPROVED, State.TRIAL)
FIRM = ["firm_name", "firm_credit_code", "affiliates"]
LEADER = ["leader", "leader_certificate_type", "leader_certificate_number", "leader_certificate_scan"]


def offer_types(form: EvidenceForm, name: str, family: str) -> None:
    """Offer the certificate types of a family that are accepted today, by their code."""
    column = form.fields[name]
    accepted = accepted_types(family, form.project.jurisdiction_id)
    column.queryset = CertificateType.objects.filter(pk__in=[each.pk for each in accepted])
    column.to_field_name = "code"


@evidence(
    "supervision_engagement", label="监理委托", stage="建设", by=["applicant"], open_in=ENGAGED_IN,
    example=examples.supervision_engagement,
    help="任何项目都可以登记;承建单位尚未确定时先登记监理单位一方的声明,承建单位的声明随后补登。",
)  # fmt: skip
class SupervisionEngagementForm(EvidenceForm):
    """The supervising firm, its certificate and leader; what is left blank is for the clauses to refuse."""

    class Meta(EvidenceForm.Meta):
        model = SupervisionEngagement
        fields = [
            *FIRM, "contract_number", "signed_on", "contract_file", "fee", "certificate_type", "certificate_number",
            "certificate_valid_from", "certificate_valid_to", "certificate_scan", *LEADER,
            "supervisor_independent", "contractor_independent",
        ]  # fmt: skip

    def order_columns(self) -> None:
        """Only certificate types in use can be chosen."""
        offer_types(self, "certificate_type", CertificateFamily.SUPERVISION)
        offer_types(self, "leader_certificate_type", CertificateFamily.SUPERVISOR_PERSON)

    def clean_signed_on(self):
        """It has been signed."""
        return not_in_future(self.cleaned_data["signed_on"], "监理合同签订日期")

    def clean(self):
        """The validity is in order."""
        first, last = self.cleaned_data.get("certificate_valid_from"), self.cleaned_data.get("certificate_valid_to")
        if first and last and last < first:
            self.add_error("certificate_valid_to", forms.ValidationError("有效期止不能早于有效期起。", code="order"))
        return super().clean()

    def prepare(self, record) -> None:
        """The contractors' declaration is that of the contractors known today."""
        record.contractors = firms(self.project, CONTRACTOR) if record.contractor_independent else []


class NeedsEngagement(EvidenceForm):
    """A form that makes sense only where a supervisor is engaged."""

    def clean(self):
        """There is an engagement."""
        if engagement(self.project) is None:
            raise forms.ValidationError("请先登记监理委托。", code="no_engagement")
        return super().clean()


@evidence(
    "supervision_leader", label="更换监理负责人", stage="建设", by=["applicant"], open_in=ENGAGED_IN,
    repeats=True, example=examples.supervision_leader,
)  # fmt: skip
class SupervisionLeaderForm(NeedsEngagement):
    """A new leader with a certificate."""

    class Meta(EvidenceForm.Meta):
        model = SupervisionLeader
        fields = [*LEADER, "effective_on", "reason"]

    def order_columns(self) -> None:
        """Only certificate types in use can be chosen."""
        offer_types(self, "leader_certificate_type", CertificateFamily.SUPERVISOR_PERSON)


@evidence(
    "supervision_report", label="监理报告", stage="建设", by=["applicant"], open_in=between(State.CONTRACTED, State.TRIAL),
    repeats=True, example=examples.supervision_report,
)  # fmt: skip
class SupervisionReportForm(NeedsEngagement):
    """What the supervisor found in a period."""

    class Meta(EvidenceForm.Meta):
        model = SupervisionReport
        fields = ["period_start", "period_end", "text", "problems", "file"]

    def clean(self):
        """The period is in order."""
        check_period(self)
        return super().clean()


@evidence(
    "subcontract", label="分包", stage="建设", by=["applicant"], open_in=between(State.CONTRACTED, State.TRIAL),
    repeats=True, example=examples.subcontract,
)  # fmt: skip
class SubcontractForm(EvidenceForm):
    """A firm that does part of the work, and who agreed to it."""

    class Meta(EvidenceForm.Meta):
        model = Subcontract
        fields = [*FIRM, "work", "amount", "signed_on", "approved_by", "independent", "file"]

    def clean_signed_on(self):
        """It has been signed."""
        return not_in_future(self.cleaned_data["signed_on"], "分包合同签订日期")

    def prepare(self, record) -> None:
        """The declaration is towards the supervisor engaged today."""
        record.engagement = engagement(self.project)


@evidence(
    "independence_declaration", label="独立性声明", stage="建设", by=["applicant"], open_in=ENGAGED_IN,
    repeats=True, example=examples.independence_declaration,
    help="承建单位在监理单位之后确定,或者更换监理、承建、分包单位的,由尚未声明的一方补登。",
)  # fmt: skip
class IndependenceDeclarationForm(NeedsEngagement):
    """One side declares that it neither controls nor belongs to the other."""

    class Meta(EvidenceForm.Meta):
        model = IndependenceDeclaration
        fields = ["role", "firm_name", "declared_on", "file"]

    def clean_declared_on(self):
        """It has been declared."""
        return not_in_future(self.cleaned_data["declared_on"], "声明日期")

    def clean(self):
        """The firm is on file in that role."""
        role, name = self.cleaned_data.get("role"), self.cleaned_data.get("firm_name")
        if role and name and name not in firms(self.project, role):
            message = f"本项目没有登记名为“{name}”的{role}。"
            self.add_error("firm_name", forms.ValidationError(message, code="unknown"))
        return super().clean()

    def prepare(self, record) -> None:
        """The declaration holds under the engagement in force."""
        record.engagement = engagement(self.project)
