"""Here: taking a filing in, or sending it back with everything that is missing. Not here: when either is lawful (packs)."""

from django.core.exceptions import ValidationError

from projects.evidence import evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form
from projects.states import State
from reviews.models import Defect, FilingReceipt, ReturnLetter


@evidence(
    "filing_receipt", label="受理登记", stage="预审", by=["centre"], open_in=[State.FILED],
    example=lambda project: {"outcome": "受理"},
)  # fmt: skip
class FilingReceiptForm(EvidenceForm):
    """The centre accepts or declines a filing."""

    class Meta(EvidenceForm.Meta):
        model = FilingReceipt
        fields = ["outcome", "remark"]


def letter_example(project) -> dict:
    """One defect with its clause."""
    clause = next(iter(project.pack.by_id))
    earlier = ReturnLetter.objects.filter(project=project, voided_at=None).exists()
    late = "上次退回后申报内容有调整" if earlier else ""
    return {"defects": [{"clause": clause, "content": "请补充有关说明。", "late_reason": late}]}


@evidence(
    "return_letter", label="一次性告知书", stage="预审", by=["centre"], open_in=[State.FILED], example=letter_example,
    help="退回前一次列清全部须补正的事项,逐项写明条款;再次退回时新提的事项应说明理由。",
)  # fmt: skip
class ReturnLetterForm(EvidenceForm):
    """Every defect at once, numbered, each with a clause of the project's instrument."""

    defects = LinesField(row_form(Defect, ["clause", "content", "late_reason"]), minimum=1, label="须补正事项")
    line_models = {"defects": (Defect, "record")}

    class Meta(EvidenceForm.Meta):
        model = ReturnLetter
        fields = ["text", "reply_by"]

    def clean_defects(self) -> list[dict]:
        """Clauses exist; a clause that no earlier letter named comes with the reason why only now."""
        rows, problems = self.cleaned_data["defects"], []
        letters = ReturnLetter.objects.filter(project=self.project, voided_at=None)
        named = set(Defect.objects.filter(record__in=letters).values_list("clause", flat=True))
        for number, row in enumerate(rows, start=1):
            if row["clause"] not in self.project.pack.by_id:
                problems.append(f"第{number}行 依据条款:没有“{row['clause']}”这一条款。")
            elif letters and row["clause"] not in named and not row["late_reason"].strip():
                problems.append(f"第{number}行 前次告知未提出“{row['clause']}”,请写明理由。")
        if problems:
            raise ValidationError(problems, code="invalid")
        return rows
