"""Here: how evaluations are put on file. Not here: what the regulation asks of them (packs)."""

from django import forms

from organizations import clock
from organizations.models import Organization
from performance.models import (
    DimensionFinding,
    EvaluationExpert,
    EvaluationOpinion,
    EvaluationResult,
    EvaluationStart,
)
from procurement.choices import not_in_future
from projects.evidence import EVIDENCE, evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form
from projects.states import State


def newest_start(project) -> EvaluationStart | None:
    """The evaluation that is under way."""
    return EVIDENCE["evaluation_start"].current(project)


def evaluation_start_example(project) -> dict:
    """The centre takes part."""
    centre = Organization.objects.filter(offices__jurisdiction=project.jurisdiction_id, offices__role="centre")
    return {"participants": list(centre.values_list("name", flat=True)[:1]), "arrangement": "现场查看与问卷结合。"}


@evidence(
    "evaluation_start", label="启动绩效评价", stage="绩效", by=["finance"], open_in=[State.IN_SERVICE],
    example=evaluation_start_example, help="正式投入使用满一年的项目可以评价;参加单位应有电子政务中心。",
)  # fmt: skip
class EvaluationStartForm(EvidenceForm):
    """Finance opens an evaluation and names the participants."""

    participants = forms.MultipleChoiceField(label="参加单位", required=False)

    class Meta(EvidenceForm.Meta):
        model = EvaluationStart
        fields = ["participants", "arrangement"]

    def order_columns(self) -> None:
        """Units of the jurisdiction can take part, by name."""
        units = Organization.objects.filter(jurisdiction=self.project.jurisdiction_id, active=True)
        self.fields["participants"].choices = [(name, name) for name in units.values_list("name", flat=True)]


@evidence(
    "evaluation_opinion", label="参评意见", stage="绩效", by=["centre", "gov_office", "planning", "tender", "audit"],
    open_in=[State.IN_SERVICE], repeats=True, example=lambda project: {"opinion": "系统运行平稳,建议加强数据共享。"},
)  # fmt: skip
class EvaluationOpinionForm(EvidenceForm):
    """A participant's opinion on the evaluation under way."""

    class Meta(EvidenceForm.Meta):
        model = EvaluationOpinion
        fields = ["opinion"]

    def clean(self):
        """Only units that finance named take part; without a start the clause itself refuses."""
        self.start = newest_start(self.project)
        if self.start and self.actor.organization.name not in self.start.participants:
            raise forms.ValidationError("贵单位不在本次评价的参加单位名单中。", code="not_participating")
        return super().clean()

    def prepare(self, record) -> None:
        """The unit speaks on the evaluation under way."""
        record.evaluation, record.unit = self.start, self.actor.organization.name


def evaluation_result_example(project) -> dict:
    """Two experts, the three mandatory dimensions, grade 良."""
    findings = {
        DimensionFinding.EFFICIENCY: "全年可用率99.9%。",
        DimensionFinding.EFFECT: "网上办件率达到九成。",
        DimensionFinding.SHARING: "已向共享平台提供三类数据。",
    }
    return {
        "method": EvaluationResult.EXPERTS,
        "experts": [{"name": "赵专家", "organization": "浙江大学"}, {"name": "钱专家", "organization": "温州大学"}],
        "findings": [{"dimension": dimension, "finding": text} for dimension, text in findings.items()],
        "grade": "良",
        "concluded_on": clock.today().isoformat(),
        "opinion": "达到预期绩效目标。",
        "report_file": "绩效评价报告",
    }


@evidence(
    "evaluation_result", label="绩效结论", stage="绩效", by=["finance"], open_in=[State.IN_SERVICE],
    example=evaluation_result_example, help="评价方式二选一;三个必评维度之外可以增加。",
)  # fmt: skip
class EvaluationResultForm(EvidenceForm):
    """Finance registers how it was evaluated and what came of it."""

    experts = LinesField(row_form(EvaluationExpert, ["name", "organization"]), label="评价专家", required=False)
    findings = LinesField(row_form(DimensionFinding, ["dimension", "finding"]), label="评价情况", required=False)
    line_models = {"experts": (EvaluationExpert, "record"), "findings": (DimensionFinding, "record")}

    class Meta(EvidenceForm.Meta):
        model = EvaluationResult
        fields = [
            "method", "firm_name", "firm_credit_code", "contract_number", "contract_file", "grade", "concluded_on",
            "opinion", "report_file",
        ]  # fmt: skip

    def clean_concluded_on(self):
        """It has been reached."""
        return not_in_future(self.cleaned_data["concluded_on"], "结论日期")

    def prepare(self, record) -> None:
        """The evaluation under way is the one concluded."""
        record.evaluation = newest_start(self.project)
