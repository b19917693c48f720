"""Here: how applications and the finance bureau's answers are put on file. Not here: what the regulation asks (packs)."""

from procurement.choices import RecordChoice
from procurement.examples import application_example, decision_example
from procurement.models import ApplicationLine, ProcurementApplication, ProcurementDecision
from procurement.records import applications
from projects.evidence import between, evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form
from projects.states import State

ITEM_COLUMNS = ["name", "specification", "unit", "quantity"]


@evidence(
    "procurement_application", label="采购申请", stage="采购", by=["applicant"],
    open_in=between(State.SCHEME_APPROVED, State.BUILDING), repeats=True, example=application_example,
    help="逐行填写核准内容清单中的项目;可以分几次申请,累计不超过核准数量。",
)  # fmt: skip
class ProcurementApplicationForm(EvidenceForm):
    """The unit applies for some or all of the approved items."""

    items = LinesField(row_form(ApplicationLine, [*ITEM_COLUMNS, "budget_amount"]), minimum=1, label="采购内容")
    line_models = {"items": (ApplicationLine, "record")}

    class Meta(EvidenceForm.Meta):
        model = ProcurementApplication
        fields = ["method", "method_reason", "file"]

    def prepare(self, record) -> None:
        """Number the application within its project."""
        record.code = f"CG{ProcurementApplication.objects.filter(project=self.project).count() + 1}"


@evidence(
    "procurement_decision", label="采购申请受理", stage="采购", by=["finance"],
    open_in=between(State.PROCURING, State.BUILDING), repeats=True, example=decision_example,
)  # fmt: skip
class ProcurementDecisionForm(EvidenceForm):
    """The finance bureau accepts an application or returns it with a reason."""

    application = RecordChoice(ProcurementApplication, label="采购申请")

    class Meta(EvidenceForm.Meta):
        model = ProcurementDecision
        fields = ["application", "outcome", "reason"]

    def order_columns(self) -> None:
        """Only applications of this project."""
        self.fields["application"].queryset = applications(self.project)

    def clean(self) -> dict:
        """A return needs its reason."""
        data = super().clean()
        if data.get("outcome") == ProcurementDecision.RETURNED and not data.get("reason", "").strip():
            self.add_error("reason", "退回应写明理由。")
        return data
