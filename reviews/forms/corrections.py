"""Here: answering a defect and judging the answer. Not here: naming defects (receipt.py), which are open (corrections.py)."""

from django import forms
from django.core.exceptions import ValidationError

from projects.evidence import evidence
from projects.forms import EvidenceForm
from projects.states import State
from reviews import corrections
from reviews.models import Defect, DefectAnswer, DefectVerdict


def answer_example(project) -> dict:
    """The next defect that waits."""
    waiting = corrections.unanswered(project)
    return {"defect": waiting[0].defect.pk if waiting else None, "text": "已按要求补充,请审核。", "changed": True}


@evidence(
    "defect_answer", label="补正答复", stage="预审", by=["applicant"], open_in=[State.DRAFT, State.FILED], repeats=True,
    example=answer_example, help="对告知书的每一项逐项答复:改了什么,或者为什么不改。",
    offered=lambda project: bool(corrections.unanswered(project)), page="reviews:corrections",
)  # fmt: skip
class DefectAnswerForm(EvidenceForm):
    """One defect of the newest return that is not settled yet."""

    defect = forms.ModelChoiceField(Defect.objects.none(), label="须补正事项")
    material = forms.ChoiceField(label="见材料", required=False)

    class Meta(EvidenceForm.Meta):
        model = DefectAnswer
        fields = ["defect", "text", "changed", "material", "file"]

    def order_columns(self) -> None:
        """Only defects of the return that is to be answered, and slots of the instrument."""
        current = corrections.open_round(self.project)
        mine = [point.defect.pk for point in current.points] if current else []
        self.fields["defect"].queryset = Defect.objects.filter(pk__in=mine)
        slots = [(spec.code, spec.name) for spec in self.project.pack.materials if "file" in spec.moves]
        self.fields["material"].choices = [("", "不指定"), *slots]
        self.fields["text"].widget.attrs["rows"] = 3

    def clean_defect(self) -> Defect:
        """What the centre has accepted needs no further answer."""
        defect = self.cleaned_data["defect"]
        points = corrections.open_round(self.project).points
        if any(each.defect == defect and each.state == corrections.SETTLED for each in points):
            raise ValidationError("这一项已经认可,不必再答复。", code="settled")
        return defect


def verdict_example(project) -> dict:
    """The next answer that waits, accepted."""
    waiting = corrections.unjudged(project)
    return {"answer": waiting[0].answer.pk if waiting else None, "conclusion": DefectVerdict.ACCEPTED}


@evidence(
    "defect_verdict", label="补正认定", stage="预审", by=["centre"], open_in=[State.FILED], repeats=True,
    example=verdict_example, help="逐项认定答复;不认可的写明理由。",
    offered=lambda project: bool(corrections.unjudged(project)), page="reviews:corrections",
)  # fmt: skip
class DefectVerdictForm(EvidenceForm):
    """The newest answer to one defect: 认可, or 不认可 with the reason."""

    answer = forms.ModelChoiceField(DefectAnswer.objects.none(), label="补正答复")

    class Meta(EvidenceForm.Meta):
        model = DefectVerdict
        fields = ["answer", "conclusion", "reason"]

    def order_columns(self) -> None:
        """Only the newest answers of the return in hand."""
        current = corrections.open_round(self.project)
        mine = [point.answer.pk for point in current.points if point.answer] if current else []
        self.fields["answer"].queryset = DefectAnswer.objects.filter(pk__in=mine)

    def clean(self) -> dict:
        """A refusal tells the unit why."""
        data = super().clean()
        if data.get("conclusion") == DefectVerdict.DECLINED and not data.get("reason", "").strip():
            self.add_error("reason", "不认可的,请写明理由。")
        return data
