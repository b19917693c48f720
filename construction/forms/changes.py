"""Here: forms for asking for a change and for each step of its procedure. Not here: carrying it out (execution.py)."""

from django import forms
from django.db.models import QuerySet

from construction import examples
from construction.changes import open_changes
from construction.checklist import filing_slots
from construction.models import (
    ChangeDecision,
    ChangeItem,
    ChangeMaterial,
    ChangeRequest,
    ChangeReview,
    ChangeSignature,
    ChangeWithdrawal,
)
from construction.models.changes import APPROVE
from projects.evidence import between, evidence
from projects.fields import AttachmentField, LinesField
from projects.forms import EvidenceForm, row_form
from projects.states import State

CHANGES_IN = between(State.SCHEME_APPROVED, State.TRIAL)
ITEM_COLUMNS = ["name", "specification", "quantity", "unit", "is_equipment", "amount"]


class MaterialRow(row_form(ChangeMaterial, ["code", "answer"])):
    """One slot of the checklist; a renewed paper comes with its file."""

    attachment = AttachmentField(label="文件", required=False)

    def clean(self):
        """A renewed paper is attached."""
        if self.cleaned_data.get("answer") == ChangeMaterial.RENEWED and not self.cleaned_data.get("attachment"):
            self.add_error("attachment", forms.ValidationError("重新提交的材料请上传文件。", code="required"))
        return super().clean()


@evidence(
    "change_request", label="变更申请", stage="变更", by=["applicant"], open_in=CHANGES_IN, repeats=True, voidable=False,
    example=examples.change_request,
    help="采购内容有变的,请填写变更后的全部内容;总投资不变的,不必填写变更后总投资。",
)  # fmt: skip
class ChangeRequestForm(EvidenceForm):
    """Why and what, the whole new item list where it changes, and the filing's checklist answered again."""

    items = LinesField(row_form(ChangeItem, ITEM_COLUMNS), label="变更后的采购内容", required=False)
    materials = LinesField(MaterialRow, label="申报材料", required=False)
    line_models = {"items": (ChangeItem, "record"), "materials": (ChangeMaterial, "record")}

    class Meta(EvidenceForm.Meta):
        model = ChangeRequest
        fields = ["title", "necessity", "description", "changes_plan", "plan", "new_total"]

    def clean_materials(self):
        """Each slot of the filing is answered once at most, and nothing else."""
        rows, known = self.cleaned_data["materials"], {spec.code for spec in filing_slots(self.project)}
        codes = [row["code"] for row in rows]
        problems = [f"没有“{code}”这一申报材料。" for code in codes if code not in known]
        problems += [f"“{code}”答复了不止一次。" for code in sorted({code for code in codes if codes.count(code) > 1})]
        if problems:
            raise forms.ValidationError(problems, code="unknown")
        return rows

    def clean(self):
        """The items do not add up to more than the total, a changed scheme comes with its file."""
        data = super().clean()
        total = data.get("new_total") if data.get("new_total") is not None else self.project.investment
        if total is not None and sum(row["amount"] for row in data.get("items") or []) > total:
            message = "采购内容合计超过总投资,请填写变更后总投资。"
            self.add_error("new_total", forms.ValidationError(message, code="exceeded"))
        if data.get("changes_plan") and not data.get("plan"):
            self.add_error("plan", forms.ValidationError("改动技术方案的,请上传变更后的技术方案。", code="required"))
        return data

    def prepare(self, record) -> None:
        """Number it, and keep the total it starts from."""
        record.number = ChangeRequest.objects.filter(project=self.project).count() + 1
        record.total_before = self.project.investment


class ChangeStepForm(EvidenceForm):
    """A step of one change, named by its number; left out, the newest one that the step may be about."""

    missing = "没有正在审批的变更申请。"

    def changes(self) -> QuerySet[ChangeRequest]:
        """The changes this step may be about, newest first."""
        return open_changes(self.project)

    def order_columns(self) -> None:
        """Only the project's own changes, by number."""
        column = self.fields["change"]
        column.queryset, column.to_field_name, column.required = self.changes(), "number", False

    def clean_change(self) -> ChangeRequest | None:
        """The change named, or the newest."""
        change = self.cleaned_data.get("change") or self.changes().first()
        if change is None and self.missing:
            raise forms.ValidationError(self.missing, code="no_change")
        return change


@evidence(
    "change_review", label="变更审查", stage="变更", by=["centre"], open_in=CHANGES_IN, repeats=True, voidable=False,
    example=examples.change_review, help="改动技术方案或采购内容的,预审之外还要重新出具技术方案审查意见。",
)  # fmt: skip
class ChangeReviewForm(ChangeStepForm):
    """The centre's 预审, or its new opinion on the scheme."""

    class Meta(EvidenceForm.Meta):
        model = ChangeReview
        fields = ["change", "step", "outcome", "opinion"]


@evidence(
    "change_signature", label="变更会审", stage="变更", by=["finance", "gov_office"], open_in=CHANGES_IN, repeats=True,
    voidable=False, example=examples.change_signature,
)  # fmt: skip
class ChangeSignatureForm(ChangeStepForm):
    """One office's word on a change of amounts."""

    class Meta(EvidenceForm.Meta):
        model = ChangeSignature
        fields = ["change", "outcome", "opinion"]


@evidence(
    "change_decision", label="变更决定", stage="变更", by=["centre"], open_in=CHANGES_IN, repeats=True, voidable=False,
    example=examples.change_decision,
)  # fmt: skip
class ChangeDecisionForm(ChangeStepForm):
    """Approved or refused, once."""

    class Meta(EvidenceForm.Meta):
        model = ChangeDecision
        fields = ["change", "outcome", "doc_no", "reason"]

    def clean(self):
        """A refusal says why."""
        data = super().clean()
        if data.get("outcome") not in (None, APPROVE) and not data.get("reason"):
            self.add_error("reason", forms.ValidationError("不批准的,请写明理由。", code="required"))
        return data


@evidence(
    "change_withdrawal", label="撤回变更申请", stage="变更", by=["applicant"], open_in=CHANGES_IN, repeats=True,
    voidable=False, example=examples.change_withdrawal,
)  # fmt: skip
class ChangeWithdrawalForm(ChangeStepForm):
    """The unit gives a request up."""

    class Meta(EvidenceForm.Meta):
        model = ChangeWithdrawal
        fields = ["change", "reason"]
