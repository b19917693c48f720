"""Here: the opinion before the budget with its checklist. Not here: when it may be issued (packs)."""

from organizations import clock
from projects.evidence import evidence
from projects.fields import LinesField
from projects.forms import row_form
from projects.states import State
from reviews import batch, checklist
from reviews.criteria import ITEMS, UNMET
from reviews.facts import duplicates_confirmed
from reviews.forms.base import ChecklistForm
from reviews.models import PreliminaryLine, PreliminaryOpinion

CHECKLIST_COLUMNS = ["item", "conclusion", "basis", "remark"]


def opinion_example(project) -> dict:
    """同意 with every item met; with a confirmed duplicate item 3c is unmet and the reason is given."""
    rows, reason = checklist.example(checklist.applying(project.pack, ITEMS)), ""
    if duplicates_confirmed(project):
        reason = "重复部分已从本项目中剔除。"
        rows = [row | {"conclusion": UNMET} if row["item"] == "3c" else row for row in rows]
    return {
        "opinion": "同意",
        "text": "经对照审核标准,同意列入预算安排范围。",
        "signer": "王主任",
        "signed_on": clock.today().isoformat(),
        "reason_despite": reason,
        "results_read": True,
        "checklist": rows,
    }


@evidence(
    "preliminary_opinion", label="预审意见", stage="预审", by=["centre"], open_in=[State.FILED], example=opinion_example,
    help="对照五条审核标准逐项给出结论;同批申报情况随意见一并存档。",
)  # fmt: skip
class PreliminaryOpinionForm(ChecklistForm):
    """Opinion, signer, the eleven sub-items; the batch totals are stored with it."""

    checklist = LinesField(row_form(PreliminaryLine, CHECKLIST_COLUMNS), label="审核清单", required=False)
    line_models = {"checklist": (PreliminaryLine, "record")}

    class Meta(ChecklistForm.Meta):
        model = PreliminaryOpinion
        fields = ["opinion", "text", "signer", "signed_on", "reason_despite", "results_read"]

    def order_columns(self) -> None:
        """Places call the opinion by different names; its conclusion and its text go without one."""
        super().order_columns()
        self.fields["opinion"].label, self.fields["text"].label = "结论", "意见"

    @property
    def batch_overview(self) -> list[dict]:
        """Everything filed in the same batch, beside the checklist (YQ-3.2-2)."""
        return batch.overview(self.project)

    def prepare(self, record) -> None:
        """Keep the batch as it stands at this moment (YQ-3.2-2)."""
        now = batch.totals(self.project)
        record.batch_projects, record.batch_total = now.projects, now.total
        record.batch_candidates = now.candidates
