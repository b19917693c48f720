"""Here: handing in the technical scheme and the commission of its author. Not here: what is asked of either (packs)."""

from datetime import timedelta

from django import forms
from django.db.models import Max

from organizations import clock
from organizations.certificates import accepted_types
from organizations.credit_codes import check_character
from organizations.models import CertificateFamily, CertificateType
from projects.evidence import between, evidence
from projects.forms import EvidenceForm
from projects.states import State
from reviews import current
from reviews.forms.base import not_in_future
from reviews.models import DesignCommission, Scheme

OPEN = between(State.ENDORSED, State.SCHEME_FILED)
SAMPLE_FIRM = "浙江甬江工程咨询有限公司"
SAMPLE_BODY = "91330382MA2A0B1C2"


def scheme_example(project) -> dict:
    """By the commissioned firm where there is one, else by the unit itself."""
    commission = current.commission(project)
    return {
        "file": "项目技术方案",
        "compiled_by_self": commission is None,
        "firm_name": commission.firm_name if commission else "",
        "summary": "总体架构、应用功能、数据共享、安全设计和实施计划。",
    }


@evidence(
    "scheme", label="技术方案", stage="评审", by=["applicant"], open_in=OPEN, example=scheme_example,
    help="每次上传为一个新版本,评审以最新版本为准;方案通过后锁定。",
)  # fmt: skip
class SchemeForm(EvidenceForm):
    """A new version of the scheme."""

    class Meta(EvidenceForm.Meta):
        model = Scheme
        fields = ["file", "compiled_by_self", "firm_name", "summary"]

    def clean(self):
        """Either the unit wrote it, or a firm that is named."""
        cleaned = super().clean()
        firm = (cleaned.get("firm_name") or "").strip()
        if cleaned.get("compiled_by_self") and firm:
            self.add_error("firm_name", "自行编制的,不填编制单位。")
        elif not cleaned.get("compiled_by_self") and not firm:
            self.add_error("firm_name", "请填写编制单位,或勾选由本单位自行编制。")
        return cleaned

    def prepare(self, record) -> None:
        """Count the versions up, voided ones included."""
        last = Scheme.objects.filter(project=self.project).aggregate(last=Max("version"))["last"]
        record.version = (last or 0) + 1


def commission_example(project) -> dict:
    """A firm with a certificate in force."""
    today = clock.today()
    types = accepted_types(CertificateFamily.CONSULTING)
    return {
        "firm_name": SAMPLE_FIRM,
        "firm_credit_code": SAMPLE_BODY + check_character(SAMPLE_BODY),
        "commissioned_on": today.isoformat(),
        "contract": "技术方案编制委托合同",
        "certificate_type": types[-1].code if types else "",
        "certificate_number": "ZX-33-2024-0187",
        "certificate_valid_from": (today - timedelta(days=365)).isoformat(),
        "certificate_valid_to": (today + timedelta(days=730)).isoformat(),
        "certificate_scan": "工程咨询资质证书",
    }


@evidence(
    "design_commission", label="技术方案委托编制", stage="评审", by=["applicant"], open_in=OPEN, example=commission_example,
    help="填写受托的编制单位、委托合同和工程咨询资质;资质以委托日有效为准。",
)  # fmt: skip
class DesignCommissionForm(EvidenceForm):
    """The firm, the contract, the certificate of a type that is accepted today."""

    certificate_type = forms.ModelChoiceField(
        CertificateType.objects.none(), to_field_name="code", label="证书类型", required=False
    )

    class Meta(EvidenceForm.Meta):
        model = DesignCommission
        fields = [
            "firm_name", "firm_credit_code", "commissioned_on", "contract", "certificate_type", "certificate_number",
            "certificate_valid_from", "certificate_valid_to", "certificate_scan",
        ]  # fmt: skip

    def order_columns(self) -> None:
        """Only certificate types in use, originals and registered substitutes (YQ-Q16)."""
        accepted = [each.pk for each in accepted_types(CertificateFamily.CONSULTING, self.project.jurisdiction_id)]
        self.fields["certificate_type"].queryset = CertificateType.objects.filter(pk__in=accepted)

    def clean_commissioned_on(self):
        """A commission has been given, not announced."""
        return not_in_future(self.cleaned_data["commissioned_on"])

    def clean(self):
        """The validity runs forwards."""
        cleaned = super().clean()
        first, last = cleaned.get("certificate_valid_from"), cleaned.get("certificate_valid_to")
        if first and last and last < first:
            self.add_error("certificate_valid_to", "有效期止不能早于有效期起。")
        return cleaned
