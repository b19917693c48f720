"""Here: how a scheme is reviewed and concluded. Not here: when experts are needed, what 通过 needs (packs)."""

from django.core.exceptions import ValidationError

from organizations import clock
from projects.evidence import between, evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form
from projects.models import EstimateLine
from projects.states import State
from reviews import checklist, current
from reviews.criteria import TECHNICAL
from reviews.forms.base import ChecklistForm, NamesField, not_in_future
from reviews.forms.opinion import CHECKLIST_COLUMNS
from reviews.models import (
    ExpertReview,
    OpinionItem,
    ReviewFee,
    ReviewPlan,
    SchemeLine,
    SchemeOpinion,
)
from reviews.plan import proposed_method
from reviews.scores import prefilled

ITEM_COLUMNS = ["name", "specification", "quantity", "unit", "is_equipment", "amount"]
EQUIPMENT = ("硬件设备", "服务器", "网络", "机房")


def plan_example(project) -> dict:
    """The way the book proposes."""
    return {
        "method": proposed_method(project) or ReviewPlan.CENTRE,
        "participants": "电子政务中心项目科、技术科",
        "review_on": clock.today().isoformat(),
    }


@evidence(
    "review_plan", label="评审方案", stage="评审", by=["centre"], open_in=[State.SCHEME_FILED], example=plan_example,
    help="系统按投资额建议评审方式;采用的投资额及来源随方案存档。",
)  # fmt: skip
class ReviewPlanForm(EvidenceForm):
    """Method, participants, date; the investment figure is taken from the project."""

    class Meta(EvidenceForm.Meta):
        model = ReviewPlan
        fields = ["method", "participants", "review_on", "remark"]

    def order_columns(self) -> None:
        """Offer what the book proposes."""
        self.fields["method"].initial = proposed_method(self.project)

    def prepare(self, record) -> None:
        """Keep the figure and the proposal that this plan went by (YQ-3.4-8)."""
        record.investment, record.investment_source = self.project.investment, self.project.investment_source
        record.proposed_method = proposed_method(self.project) or ""


@evidence(
    "expert_review", label="专家评审意见", stage="评审", by=["centre"], open_in=[State.SCHEME_FILED],
    example=lambda project: {
        "experts": ["张维国", "李敏", "陈立新"], "conclusion": "通过", "opinion": "方案总体可行,建议细化数据共享接口。",
    },
)  # fmt: skip
class ExpertReviewForm(EvidenceForm):
    """Who reviewed and what they found."""

    experts = NamesField(label="专家名单", required=False, help_text="一行一位")

    class Meta(EvidenceForm.Meta):
        model = ExpertReview
        fields = ["experts", "conclusion", "opinion", "file"]

    def order_columns(self) -> None:
        """Start from the drawn panel and what it found."""
        for name, value in prefilled(self.project).items():
            self.fields[name].initial = value

    def clean_experts(self) -> list[str]:
        """Nobody who stepped back from this project has reviewed it."""
        names = self.cleaned_data["experts"]
        gone = self.project.recusals.filter(expert__name__in=names).values_list("expert__name", flat=True)
        if gone:
            raise ValidationError(f"{'、'.join(gone)}已登记回避或不能参加,不能列入名单。", code="recused")
        return names


def opinion_example(project) -> dict:
    """通过, with the estimate's lines as the approved items."""
    return {
        "conclusion": "通过",
        "text": "方案合理可行,同意按核准内容实施。",
        "signer": "王主任",
        "signed_on": clock.today().isoformat(),
        "results_read": True,
        "checklist": checklist.example(TECHNICAL),
        "approved": [_item(line) for line in project.estimate.all()] or [_whole(project)],
    }


def _item(line: EstimateLine) -> dict:
    return {
        "name": line.name, "specification": line.specification, "quantity": str(line.quantity), "unit": line.unit,
        "is_equipment": line.type in EQUIPMENT, "amount": str(line.amount),
    }  # fmt: skip


def _whole(project) -> dict:
    return {"name": project.name, "quantity": "1", "unit": "项", "amount": str(project.investment or 0)}


@evidence(
    "scheme_opinion", label="技术方案审查意见", stage="评审", by=["centre"],
    open_in=[State.BUDGETED, State.SCHEME_FILED], example=opinion_example,
    help="结论为通过的,应附核准采购内容清单;清单即此后采购和变更的基线。",
)  # fmt: skip
class SchemeOpinionForm(ChecklistForm):
    """Conclusion on the newest version, checklist 4a 4b 4c, approved items."""

    items = TECHNICAL
    checklist = LinesField(row_form(SchemeLine, CHECKLIST_COLUMNS), label="审核清单", required=False)
    approved = LinesField(row_form(OpinionItem, ITEM_COLUMNS), label="核准采购内容", required=False)
    line_models = {"checklist": (SchemeLine, "record"), "approved": (OpinionItem, "record")}

    class Meta(ChecklistForm.Meta):
        model = SchemeOpinion
        fields = ["conclusion", "text", "signer", "signed_on", "results_read"]

    def prepare(self, record) -> None:
        """The opinion is about the newest version."""
        record.scheme = current.scheme(self.project)
        record.scheme_version = record.scheme.version if record.scheme else None


@evidence(
    "review_fee", label="评审费", stage="评审", by=["applicant", "centre"],
    open_in=between(State.SCHEME_FILED, State.PROCURING), repeats=True,
    example=lambda project: {
        "payer": ReviewFee.APPLICANT, "amount": "6000.00", "paid_on": clock.today().isoformat(), "payee": "评审专家",
    },
)  # fmt: skip
class ReviewFeeForm(EvidenceForm):
    """A fee and who paid it; no payment from the project's budget."""

    class Meta(EvidenceForm.Meta):
        model = ReviewFee
        fields = ["payer", "amount", "paid_on", "payee", "remark"]

    def clean_paid_on(self):
        """It has been paid."""
        return not_in_future(self.cleaned_data["paid_on"])
