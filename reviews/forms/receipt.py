"""Here: taking a filing in, or sending it back with everything that is missing. Not here: when either is lawful (packs)."""

from django import forms
from django.core.exceptions import ValidationError

from projects.evidence import evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form
from projects.parts import choices, label
from projects.states import State
from reviews.corrections import comes_late, earlier_letters, unanswered
from reviews.models import Defect, FilingReceipt, ReturnLetter

UNKNOWN = "没有“%(value)s”这一条款。"
COLUMNS = ["clause", "part", "content", "expected", "late_reason"]


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
    """One defect with its clause, the part it concerns and what is expected."""
    clause = next(iter(project.pack.by_id))
    late = "上次退回后申报内容有调整" if earlier_letters(project).exists() else ""
    defect = {"clause": clause, "part": "objective", "content": "请补充有关说明。", "expected": "写明量化目标。"}
    return {"defects": [defect | {"late_reason": late}]}


def defect_rows(pack) -> type[forms.Form]:
    """A row of the letter's table; clause and part are chosen from what this instrument asks for."""
    columns = row_form(Defect, COLUMNS)

    class DefectRow(columns):
        clause = forms.ChoiceField(label="依据条款", choices=clauses(pack), error_messages={"invalid_choice": UNKNOWN})
        part = forms.ChoiceField(label="所在部分", choices=choices(pack), required=False)

    for name in ("content", "expected"):
        DefectRow.base_fields[name].widget = forms.Textarea(attrs={"rows": 2, "maxlength": 500})
    return DefectRow


def clauses(pack) -> list:
    """The clauses for a select: those of filing and preliminary review first, then the other stages."""
    stages: dict[str, list] = {stage: [] for stage in ("申报", "预审")}
    for rule in pack.rules:
        stages.setdefault(rule.stage or "全程", []).append((rule.id, f"{rule.id} {rule.says[:24]}"))
    return [("", "请选择"), *((stage, found) for stage, found in stages.items() if found)]


@evidence(
    "return_letter", label="一次性告知书", stage="预审", by=["centre"], open_in=[State.FILED], example=letter_example,
    help="退回前一次列清全部须补正的事项,逐项写明条款、所在部分和要求;再次退回时,对没有改动的部分新提事项应说明理由。",
)  # fmt: skip
class ReturnLetterForm(EvidenceForm):
    """Every defect at once, numbered, each with a clause of the project's instrument."""

    defects = LinesField(row_form(Defect, COLUMNS), minimum=1, label="须补正事项")
    line_models = {"defects": (Defect, "record")}

    class Meta(EvidenceForm.Meta):
        model = ReturnLetter
        fields = ["text", "reply_by"]

    def order_columns(self) -> None:
        """Offer the parts of this project's filing; a further letter begins with what is not settled."""
        field = self.fields["defects"]
        field.row_form = field.widget.row_form = defect_rows(self.project.pack)
        self.fields["text"].widget.attrs["rows"] = 3
        written = ReturnLetter.of_this_filing(self.project).exists()
        if not self.is_bound and not written and earlier_letters(self.project).exists():
            again = [point.defect for point in unanswered(self.project)]
            self.initial = {"defects": [{name: getattr(each, name) for name in COLUMNS[:4]} for each in again]}

    def clean_defects(self) -> list[dict]:
        """What no earlier letter named about an unchanged part comes with the reason why only now."""
        rows = self.cleaned_data["defects"]
        problems = [
            f"第{number}行 前次告知未提出“{rows[number - 1]['clause']}”{self._unchanged(rows[number - 1])},请写明理由。"
            for number in comes_late(self.project, rows)
        ]
        if problems:
            raise ValidationError(problems, code="invalid")
        return rows

    def _unchanged(self, row: dict) -> str:
        part = label(self.project.pack, row["part"])
        return f",“{part}”此后没有改动" if part else ""
