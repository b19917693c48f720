"""Here: how tender documents, their review and notice are put on file. Not here: what the regulation asks (packs)."""

from decimal import Decimal

from django.core.exceptions import ValidationError

from organizations import clock
from procurement.choices import RecordChoice, not_in_future
from procurement.examples import document_example, notice_example, review_example
from procurement.forms_application import ITEM_COLUMNS
from procurement.models import (
    PaymentTerm,
    ProcurementApplication,
    TenderDocument,
    TenderItem,
    TenderNotice,
    TenderReview,
)
from procurement.records import current_document, live_applications, valid
from projects.evidence import between, evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form
from projects.states import State

OPEN = between(State.PROCURING, State.BUILDING)


@evidence(
    "tender_document", label="招标文件送审", stage="采购", by=["tender"], open_in=OPEN, repeats=True,
    example=document_example, help="重新送审即为新版本,上一版的审查结论随之失效。",
)  # fmt: skip
class TenderDocumentForm(EvidenceForm):
    """A version of the tender document goes to the centre; it arrives the day it is sent."""

    application = RecordChoice(ProcurementApplication, label="采购申请")
    items = LinesField(row_form(TenderItem, ITEM_COLUMNS), minimum=1, label="招标内容")
    line_models = {"items": (TenderItem, "record")}

    class Meta(EvidenceForm.Meta):
        model = TenderDocument
        fields = ["application", "file", "remark"]

    def order_columns(self) -> None:
        """Only applications of this project that were not returned."""
        self.fields["application"].queryset = live_applications(self.project)

    def prepare(self, record) -> None:
        """Number the version and note the day."""
        record.version = TenderDocument.objects.filter(application=record.application).count() + 1
        record.code = f"{record.application.code}-V{record.version}"
        record.received_on = clock.today()


@evidence(
    "tender_review", label="招标文件审查", stage="采购", by=["centre"], open_in=OPEN, repeats=True,
    example=review_example, page="procurement:tender",
)  # fmt: skip
class TenderReviewForm(EvidenceForm):
    """The centre goes through the checklist for one version and concludes."""

    document = RecordChoice(TenderDocument, label="招标文件")
    payment_terms = LinesField(row_form(PaymentTerm, ["milestone", "percentage"]), label="付款安排", required=False)
    line_models = {"payment_terms": (PaymentTerm, "record")}

    class Meta(EvidenceForm.Meta):
        model = TenderReview
        fields = [
            "document",
            *(name for item in TenderReview.ITEMS for name in (item, f"{item}_remark")),
            "conflict_acknowledged",
            "conclusion",
            "opinion",
        ]

    def order_columns(self) -> None:
        """Only documents of this project."""
        self.fields["document"].queryset = valid(TenderDocument, self.project)

    def clean_document(self) -> TenderDocument:
        """A version that a newer one has replaced is not reviewed any more."""
        document = self.cleaned_data["document"]
        newest = current_document(document.application)
        if document != newest:
            raise ValidationError(f"该版本已被{newest.code}取代,请审查新版本。", code="replaced")
        return document

    def clean_payment_terms(self) -> list[dict]:
        """Shares add up to 100 %."""
        terms = self.cleaned_data["payment_terms"]
        total = sum((term["percentage"] for term in terms), Decimal(0))
        if terms and total != 100:
            raise ValidationError(f"各节点比例合计应为 100%,现为 {total.normalize():f}%。", code="sum")
        return terms

    def clean(self) -> dict:
        """Passing contradicts an item found unsuitable; a return says what to mend."""
        data = super().clean()
        if data.get("conclusion") == TenderReview.PASSED:
            bad = [item for item in TenderReview.ITEMS if data.get(item) == "不合适"]
            labels = "、".join(self.fields[item].label for item in bad)
            if bad:
                self.add_error("conclusion", f"“{labels}”不合适,结论不能为通过。")
        elif data.get("conclusion") == TenderReview.RETURNED and not data.get("opinion", "").strip():
            self.add_error("opinion", "退回修改应写明审查意见。")
        return data


@evidence(
    "tender_notice", label="招标公告", stage="采购", by=["tender"], open_in=OPEN, repeats=True, example=notice_example,
)  # fmt: skip
class TenderNoticeForm(EvidenceForm):
    """The notice of one exact version."""

    document = RecordChoice(TenderDocument, label="招标文件")

    class Meta(EvidenceForm.Meta):
        model = TenderNotice
        fields = ["document", "published_on", "media"]

    def order_columns(self) -> None:
        """Only documents of this project."""
        self.fields["document"].queryset = valid(TenderDocument, self.project)

    def clean_document(self) -> TenderDocument:
        """Methods other than a tender have no tender notice (YQ-Q11)."""
        document = self.cleaned_data["document"]
        if not document.application.is_tender:
            raise ValidationError(f"采购方式“{document.application.method}”不发布招标公告。", code="no_notice")
        return document

    def clean_published_on(self):
        """A notice is registered once it is out."""
        return not_in_future(self.cleaned_data["published_on"], "发布日期")
