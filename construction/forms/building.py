"""Here: forms for responsibility, progress and completion. Not here: firms, changes."""

from django import forms

from construction import examples
from construction.models import Completion, Duty, ProgressReport, Responsibility
from procurement.choices import not_in_future
from projects.evidence import between, evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form
from projects.states import State


def check_period(form: forms.Form) -> None:
    """Put an error at `period_end` when the period ends before it starts, or has not ended yet."""
    start, end = form.cleaned_data.get("period_start"), form.cleaned_data.get("period_end")
    if start and end and end < start:
        form.add_error("period_end", forms.ValidationError("报告期止不能早于报告期起。", code="order"))


@evidence(
    "responsibility", label="项目管理责任制", stage="建设", by=["applicant"],
    open_in=between(State.SCHEME_APPROVED, State.TRIAL), example=examples.responsibility,
    help="登记项目负责人和各项职责的责任人;人员调整时重新登记一次。",
)  # fmt: skip
class ResponsibilityForm(EvidenceForm):
    """The responsible person and the duties shared out."""

    duties = LinesField(row_form(Duty, ["name", "person", "since"]), label="责任分工", required=False)
    line_models = {"duties": (Duty, "record")}

    class Meta(EvidenceForm.Meta):
        model = Responsibility
        fields = ["leader", "post", "phone", "since"]


@evidence(
    "progress_report", label="进度报告", stage="建设", by=["applicant"], open_in=between(State.CONTRACTED, State.TRIAL),
    repeats=True, example=examples.progress_report,
)  # fmt: skip
class ProgressReportForm(EvidenceForm):
    """How far the project has come in a period."""

    class Meta(EvidenceForm.Meta):
        model = ProgressReport
        fields = ["period_start", "period_end", "percent", "text", "problems"]

    def clean(self):
        """The period is in order."""
        check_period(self)
        return super().clean()


@evidence(
    "completion", label="竣工", stage="建设", by=["applicant"], open_in=between(State.BUILDING, State.TRIAL),
    example=examples.completion,
)  # fmt: skip
class CompletionForm(EvidenceForm):
    """The day the work was finished and the papers that show it."""

    class Meta(EvidenceForm.Meta):
        model = Completion
        fields = ["completed_on", "material", "remark"]

    def clean_completed_on(self):
        """It has been finished."""
        return not_in_future(self.cleaned_data["completed_on"], "竣工日期")
