"""Here: forms for carrying a change out: the new baseline, the contract. Not here: the procedure before (changes.py)."""

from django import forms
from django.db.models import QuerySet

from construction import examples
from construction.changes import live_changes
from construction.forms.changes import CHANGES_IN, ChangeStepForm
from construction.models import ChangeExecution, ChangeRequest, ContractAmendment
from procurement.choices import not_in_future
from procurement.models import Contract
from projects.evidence import evidence
from projects.forms import EvidenceForm


@evidence(
    "change_execution", label="执行变更", stage="变更", by=["applicant"], open_in=CHANGES_IN, repeats=True,
    voidable=False, example=examples.change_execution, help="变更获批准后登记;登记后按变更后的采购内容执行。",
)  # fmt: skip
class ChangeExecutionForm(ChangeStepForm):
    """The change takes effect on what is built and bought. Whether it may is for the clauses to say."""

    missing = ""

    class Meta(EvidenceForm.Meta):
        model = ChangeExecution
        fields = ["change", "executed_on", "text"]

    def changes(self) -> QuerySet[ChangeRequest]:
        """Changes not yet carried out and not given up."""
        return live_changes(self.project).filter(execution=None)

    def clean_executed_on(self):
        """It has been carried out."""
        return not_in_future(self.cleaned_data["executed_on"], "执行日期")


@evidence(
    "contract_amendment", label="合同变更", stage="变更", by=["applicant"], open_in=CHANGES_IN, repeats=True,
    voidable=False, example=examples.contract_amendment, help="金额填写变更后的合同总金额;承建单位不变的,不必填写单位。",
)  # fmt: skip
class ContractAmendmentForm(ChangeStepForm):
    """A supplementary agreement to one contract, against one change."""

    missing = ""

    class Meta(EvidenceForm.Meta):
        model = ContractAmendment
        fields = ["change", "contract", "amount", "signed_on", "file", "firm_name", "firm_credit_code"]

    def changes(self) -> QuerySet[ChangeRequest]:
        """Changes that are approved or on the way there."""
        return live_changes(self.project)

    def order_columns(self) -> None:
        """The project's own changes and contracts."""
        super().order_columns()
        column = self.fields["contract"]
        column.queryset, column.required = Contract.objects.filter(project=self.project, voided_at=None), False

    def clean_contract(self) -> Contract:
        """The contract named, or the newest."""
        contract = self.cleaned_data.get("contract") or self.fields["contract"].queryset.order_by("-id").first()
        if contract is None:
            raise forms.ValidationError("本项目还没有登记合同。", code="no_contract")
        return contract

    def clean_signed_on(self):
        """It has been signed."""
        return not_in_future(self.cleaned_data["signed_on"], "补充协议签订日期")
