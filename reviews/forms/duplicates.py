"""Here: running the search again and judging a pair. Not here: the search (reviews/duplicates.py), what it blocks (packs)."""

from django import forms
from django.core.exceptions import ValidationError

from projects.evidence import EVIDENCE, evidence
from projects.forms import EvidenceForm
from projects.states import State
from reviews import duplicates
from reviews.models import DuplicateCandidate, DuplicateJudgement, DuplicateSearch
from reviews.models.duplicates import MERGE

THIS, OTHER = "本项目", "对方项目"


@evidence("duplicate_search", label="查重", stage="预审", by=["centre"], open_in=[State.FILED])
class DuplicateSearchForm(EvidenceForm):
    """Compare with all projects of all units and years once more; done on every filing, repeated when asked."""

    class Meta(EvidenceForm.Meta):
        model = DuplicateSearch
        fields = ["remark"]

    def prepare(self, record) -> None:
        """Run the search and note how it went."""
        duplicates.run(record)


def judgement_example(project) -> dict:
    """The next pair that waits, found different."""
    waiting = duplicates.pending(project).first() or duplicates.candidates(project).first()
    return {
        "candidate": waiting.pk if waiting else None,
        "conclusion": "不重复",
        "remark": "经比对,两个项目的建设内容和服务对象不同。",
    }


@evidence(
    "duplicate_judgement", label="重复判定", stage="预审", by=["centre"], open_in=[State.FILED], repeats=True,
    example=judgement_example, help="每个疑似重复的项目逐一判定,并写明说明;判定归并的,请选择保留哪一个项目。",
    page="reviews:duplicates",
)  # fmt: skip
class DuplicateJudgementForm(EvidenceForm):
    """One pair of this project: 重复, 不重复 or 归并, with a remark. With one pair waiting it need not be named."""

    candidate = forms.ModelChoiceField(DuplicateCandidate.objects.none(), label="疑似重复项目", required=False)
    keep = forms.ChoiceField(
        label="归并后保留", required=False, choices=[("", "请选择"), (THIS, THIS), (OTHER, OTHER)]
    )

    class Meta(EvidenceForm.Meta):
        model = DuplicateJudgement
        fields = ["candidate", "conclusion", "remark"]

    def order_columns(self) -> None:
        """Only pairs of this project."""
        self.fields["candidate"].queryset = duplicates.candidates(self.project)

    def clean_candidate(self) -> DuplicateCandidate:
        """The pair named, or the only one that waits."""
        if self.cleaned_data["candidate"] is not None:
            return self.cleaned_data["candidate"]
        waiting = list(duplicates.pending(self.project)[:2])
        if len(waiting) == 1:
            return waiting[0]
        raise ValidationError(
            "请选择要判定的疑似重复项目。" if waiting else "没有待判定的疑似重复项目。", code="required"
        )

    def clean(self):
        """归并 says which project stays, and the other one can still be closed."""
        cleaned = super().clean()
        candidate, keep = cleaned.get("candidate"), cleaned.get("keep")
        if candidate is None or cleaned.get("conclusion") != MERGE:
            return cleaned
        if not keep:
            self.add_error("keep", "请选择归并后保留哪一个项目。")
        elif keep == THIS and not EVIDENCE["duplicate_judgement"].is_open(candidate.other(self.project)):
            self.add_error("keep", "对方项目已过预审,不能并入本项目;请选择保留对方项目。")
        return cleaned

    def prepare(self, record) -> None:
        """Note which project stays."""
        if record.conclusion == MERGE:
            other = record.candidate.other(self.project)
            record.survivor = self.project if self.cleaned_data["keep"] == THIS else other
