"""Here: how the report on changes and the signatures under it are put on file. Not here: approving changes (construction)."""

from django import forms

from acceptance.changes import approved_entries, declared_entries, panel, refused_entries, reported
from acceptance.models import ChangeRecognition, ChangeReport, RecognitionSignature, ReportedChange
from projects.evidence import between, evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form
from projects.states import State


@evidence(
    "change_report", label="变更情况报告", stage="验收", by=["applicant"],
    open_in=between(State.BUILDING, State.ACCEPTING), voidable=False,
    example=lambda project: {"confirmed": True},
    help="已批准的变更由系统自动列入,不能删除;未经批准的变更请如实申明。",
)  # fmt: skip
class ChangeReportForm(EvidenceForm):
    """The unit confirms the report and declares what it changed without approval."""

    declared = LinesField(
        row_form(ReportedChange, ["title", "changed_on", "reason"]), label="未经批准的变更(如实申明)", required=False
    )

    class Meta(EvidenceForm.Meta):
        model = ChangeReport
        fields = ["confirmed", "remark"]

    def prepare(self, record) -> None:
        """The entries are the system's, what was declared before, and what is declared now."""
        now = [ReportedChange(kind=ReportedChange.DECLARED, **row) for row in self.cleaned_data["declared"]]
        binding = {entry.key: entry for entry in [*approved_entries(self.project), *declared_entries(self.project), *now]}
        self.entries = [*binding.values(), *refused_entries(self.project)]
        record.no_changes = not binding

    def save_lines(self, record) -> None:
        """Write the entries in this order."""
        for position, entry in enumerate(self.entries):
            entry.record, entry.position = record, position
        ReportedChange.objects.bulk_create(self.entries)


class SignatureRow(forms.Form):
    """One member's word on one change of the newest report."""

    change = forms.IntegerField(label="变更序号", min_value=1)
    member = forms.CharField(label="验收组成员", max_length=50)
    decision = forms.ChoiceField(label="意见", choices=RecognitionSignature.DECISIONS)
    remark = forms.CharField(label="说明", max_length=500, required=False)


def recognition_example(project) -> dict:
    """Everybody on the panel recognises every reported change."""
    return {
        "sheet": "验收组签字单",
        "signatures": [
            {"change": change.number, "member": member.name, "decision": RecognitionSignature.AGREED}
            for change in reported(project)
            for member in panel(project)
        ],
    }


@evidence(
    "change_recognition", label="变更认可签字", stage="验收", by=["applicant"], open_in=[State.ACCEPTING],
    repeats=True, voidable=False, example=recognition_example,
    help="每一项变更由验收组名单上的每位成员签字;可以分几次登记,以最近一次为准。",
)  # fmt: skip
class ChangeRecognitionForm(EvidenceForm):
    """Signatures of panel members, change by change, with the signed sheet."""

    signatures = LinesField(SignatureRow, minimum=1, label="签字")

    class Meta(EvidenceForm.Meta):
        model = ChangeRecognition
        fields = ["sheet", "remark"]

    def clean_signatures(self):
        """Every row names a change of the newest report and a member of the newest panel."""
        changes = {change.number: change for change in reported(self.project)}
        members = {member.name: member for member in panel(self.project)}
        rows, problems = [], []
        for number, row in enumerate(self.cleaned_data["signatures"], start=1):
            change, member = changes.get(row["change"]), members.get(row["member"])
            problems += [] if change else [f"第{number}行 变更情况报告中没有序号{row['change']}。"]
            problems += [] if member else [f"第{number}行 “{row['member']}”不在验收组名单中。"]
            rows.append(row | {"change": change, "member": member})
        if problems:
            raise forms.ValidationError(problems, code="unknown")
        return rows

    def save_lines(self, record) -> None:
        """One signature per row."""
        rows = enumerate(self.cleaned_data["signatures"])
        RecognitionSignature.objects.bulk_create(RecognitionSignature(record=record, position=at, **row) for at, row in rows)
