"""Here: how the sheet, its signatures, its approval and 立项 are put on file. Not here: rules (packs), payments."""

from decimal import Decimal

from django import forms

from budget import examples
from budget.facts import system_result
from budget.lock import current_lock, in_words
from budget.models import (
    Allocation,
    BudgetApproval,
    BudgetLine,
    BudgetSheet,
    BudgetSignature,
    InitiationDecision,
    InitiationRequest,
    InvestmentPlanAnswer,
)
from budget.money import paid
from budget.sheets import FINANCE, GOV_OFFICE, current_sheet
from organizations import clock
from policies.verdicts import words
from policies.vocabulary import FACTS
from projects.evidence import between, evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form
from projects.permissions import offices_in_words, roles
from projects.states import State

ARRANGING = (State.FILED, State.ENDORSED, State.APPROVED)
INITIATING = between(State.ENDORSED, State.SCHEME_APPROVED)
LINE_COLUMNS = ["name", "type", "asked", "reviewed", "cut_reason", "cost_basis", "complexity", "note"]
ALLOCATION_COLUMNS = ["year", "source", "amount"]
ZERO = Decimal("0.00")


def results_beside(project) -> dict[str, list[str]]:
    """What earlier evaluations say, shown beside a form; nothing without any (YQ-3.8-6, YQ-3.8-7)."""
    system, unit = system_result(project), FACTS["performance.unit_results"].answer(project)
    found = {"本项目或所服务系统的绩效等级": [system] if system else [], "本单位以往绩效评价结果": unit}
    return {label: texts for label, texts in found.items() if texts}


def _by_year(rows) -> dict[int, dict[str, Decimal]]:
    """Arranged amounts in 元 by year and source."""
    found: dict[int, dict[str, Decimal]] = {}
    for row in rows:
        year = found.setdefault(row["year"], {})
        year[row["source"]] = year.get(row["source"], ZERO) + row["amount"]
    return found


class DatedForm(EvidenceForm):
    """Refuses days that have not come yet in the fields named by `past`."""

    past: tuple[str, ...] = ()

    def clean(self) -> dict:
        """As Django's, with an error at each date after today."""
        cleaned = super().clean()
        for name in self.past:
            if cleaned.get(name) and cleaned[name] > clock.today():
                self.add_error(name, "日期不能晚于今天。")
        return cleaned


@evidence(
    "budget_sheet", label="明细预算", stage="预算", by=[FINANCE, "applicant"], open_in=ARRANGING,
    example=examples.budget_sheet, help="建设单位填申报数,财政部门填审核数和资金安排;每次保存都是新的一版,原有会审随之失效。",
)  # fmt: skip
class BudgetSheetForm(EvidenceForm):
    """A whole version at a time: all lines asked, all or none reviewed, the arrangement equal to what is reviewed."""

    lines = LinesField(row_form(BudgetLine, LINE_COLUMNS), minimum=1, label="预算明细")
    allocations = LinesField(row_form(Allocation, ALLOCATION_COLUMNS), label="资金安排", required=False)
    line_models = {"lines": (BudgetLine, "record"), "allocations": (Allocation, "record")}

    class Meta(EvidenceForm.Meta):
        model = BudgetSheet
        fields = ["priority", "results_read"]

    @property
    def beside(self) -> dict[str, list[str]]:
        """What was declared, and earlier results."""
        return {"申报概算": [f"{words(self.project.declared_total)} 元"], **results_beside(self.project)}

    def clean_lines(self) -> list[dict]:
        """Only offices review; they review every line, and say why where they change an amount."""
        lines = self.cleaned_data["lines"]
        reviewed = [line["reviewed"] is not None for line in lines]
        if any(reviewed) and not self._reviews():
            raise forms.ValidationError(f"审核数由{self._reviewers()}填写,请只填申报数。", code="reviewed")
        if any(reviewed) and not all(reviewed):
            missing = "、".join(line["name"] for line in lines if line["reviewed"] is None)
            raise forms.ValidationError(f"还有未填审核数的明细:{missing}。", code="unreviewed")
        unexplained = [
            f"第{at}行“{line['name']}”的审核数与申报数不同,请填写核减理由。"
            for at, line in enumerate(lines, start=1)
            if line["reviewed"] not in (None, line["asked"]) and not line["cut_reason"]
        ]
        if unexplained:
            raise forms.ValidationError(unexplained, code="cut_reason")
        return lines

    def clean(self) -> dict:
        """The arrangement over years and sources adds up to the reviewed total, to the fen."""
        cleaned = super().clean()
        if "lines" not in cleaned or "allocations" not in cleaned:
            return cleaned
        rows = cleaned["allocations"]
        total, arranged = self._total("reviewed"), sum((row["amount"] for row in rows), ZERO)
        if total is None and rows:
            self.add_error("allocations", f"资金安排由{self._reviewers()}在填写审核数时一并填写。")
        elif total is not None and arranged != total:
            self.add_error("allocations", f"资金安排合计 {words(arranged)} 元,与审核数合计 {words(total)} 元不符。")
        self._keep_locked_years(rows)
        return cleaned

    def _keep_locked_years(self, rows: list[dict]) -> None:
        """What is arranged in a year whose plan is locked stays as it is, source by source."""
        sheet = current_sheet(self.project)
        held = sheet.allocations.values("year", "source", "amount") if sheet else ()
        now, then = _by_year(rows), _by_year(held)
        for year in sorted(now.keys() | then.keys()):
            if now.get(year) != then.get(year) and (lock := current_lock(self.project.jurisdiction_id, year)):
                self.add_error("allocations", in_words(lock))

    def prepare(self, record: BudgetSheet) -> None:
        """Number the version and keep its totals."""
        record.version = BudgetSheet.objects.filter(project=self.project).count() + 1
        record.asked_total, record.reviewed_total = self._total("asked"), self._total("reviewed")

    def _total(self, column: str) -> Decimal | None:
        amounts = [line[column] for line in self.cleaned_data["lines"]]
        return None if None in amounts else sum(amounts, ZERO)

    def _by(self) -> list[str]:
        return [role for role in self.evidence.offices(self.project) if role != "applicant"]

    def _reviews(self) -> bool:
        return bool(roles(self.actor, self.project) & set(self._by()))

    def _reviewers(self) -> str:
        return offices_in_words(self.project, self._by())


@evidence(
    "budget_signature", label="预算会审", stage="预算", by=[FINANCE, GOV_OFFICE], open_in=ARRANGING, repeats=True,
    example=examples.budget_signature, help="会审的是现行这一版明细预算;明细再有改动,须重新会审。",
)  # fmt: skip
class BudgetSignatureForm(EvidenceForm):
    """An office signs the newest version; `version` says which one it has read."""

    class Meta(EvidenceForm.Meta):
        model = BudgetSignature
        fields = ["version", "opinion"]

    @property
    def beside(self) -> dict[str, list[str]]:
        """Earlier results."""
        return results_beside(self.project)

    def clean_version(self) -> int | None:
        """Nobody signs a version that has been replaced meanwhile."""
        version, sheet = self.cleaned_data["version"], current_sheet(self.project)
        if version is not None and (sheet is None or sheet.version != version):
            raise forms.ValidationError("明细预算已有新的一版,请核对后再会审。", code="stale")
        return version

    def prepare(self, record: BudgetSignature) -> None:
        """Bind the signature to the version it was given for."""
        record.sheet = current_sheet(self.project)
        record.version = record.sheet.version if record.sheet else None


@evidence(
    "budget_approval", label="预算批复", stage="预算", by=[FINANCE], open_in=ARRANGING, voidable=False,
    example=examples.budget_approval,
)  # fmt: skip
class BudgetApprovalForm(DatedForm):
    """What the authority answered. Another total than the reviewed one needs a new version and new signatures first."""

    past = ("approved_on",)

    class Meta(EvidenceForm.Meta):
        model = BudgetApproval
        fields = ["authority", "approved_on", "doc_no", "document", "total"]

    def clean_total(self) -> Decimal:
        """The reviewed total, to the fen, and never less than what has been paid."""
        total, sheet = self.cleaned_data["total"], current_sheet(self.project)
        reviewed = sheet.reviewed_total if sheet else None
        if total is not None and reviewed is not None and total != reviewed:
            raise forms.ValidationError(
                f"批准总额与会审的审核数合计 {words(reviewed)} 元不符;批复有调整的,请先更新明细预算并重新会审。",
                code="total",
            )
        total = reviewed if total is None else total
        if total is None:
            raise forms.ValidationError("请填写批准总额。", code="required")
        if total < paid(self.project):
            raise forms.ValidationError(f"批准总额少于已拨付的 {words(paid(self.project))} 元。", code="paid")
        return total

    def prepare(self, record: BudgetApproval) -> None:
        """Bind the approval to the version it covers."""
        record.sheet = current_sheet(self.project)


@evidence(
    "investment_plan_answer", label="政府投资项目计划认定", stage="预算", by=[FINANCE, GOV_OFFICE], open_in=INITIATING,
    example=examples.investment_plan_answer,
)  # fmt: skip
class InvestmentPlanAnswerForm(EvidenceForm):
    """Yes or no, and by whom."""

    class Meta(EvidenceForm.Meta):
        model = InvestmentPlanAnswer
        fields = ["listed", "decided_by", "reason"]


@evidence(
    "initiation_request", label="立项申请", stage="预算", by=["applicant"], open_in=INITIATING,
    example=lambda project: {"requested_on": clock.today().isoformat()},
)  # fmt: skip
class InitiationRequestForm(DatedForm):
    """The unit reports to the planning office."""

    past = ("requested_on",)

    class Meta(EvidenceForm.Meta):
        model = InitiationRequest
        fields = ["requested_on", "doc_no", "document", "note"]


@evidence(
    "initiation_decision", label="立项结论", stage="预算", by=["planning"], open_in=INITIATING,
    example=examples.initiation_decision,
)  # fmt: skip
class InitiationDecisionForm(DatedForm):
    """The planning office agrees or not."""

    past = ("decided_on",)

    class Meta(EvidenceForm.Meta):
        model = InitiationDecision
        fields = ["decision", "doc_no", "decided_on", "document", "note"]
