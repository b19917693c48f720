"""Here: how awards and contracts are put on file. Not here: what the regulation asks (packs), amendments (construction)."""

from django.core.exceptions import ValidationError

from procurement.choices import RecordChoice, not_in_future
from procurement.comparison import normal
from procurement.examples import award_example, contract_example
from procurement.forms_application import ITEM_COLUMNS
from procurement.forms_tender import OPEN
from procurement.models import Award, Contract, ContractLine, ProcurementApplication
from procurement.records import awards_of, current_notice, live_applications, valid
from projects.evidence import evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form
from reviews.baseline import approved_items


class SupplyForm(EvidenceForm):
    """What an award and a contract have in common: an application of this project."""

    def order_columns(self) -> None:
        """Only applications of this project that were not returned."""
        self.fields["application"].queryset = live_applications(self.project)


@evidence(
    "award", label="中标结果", stage="采购", by=["applicant", "tender"], open_in=OPEN, repeats=True,
    example=award_example,
)  # fmt: skip
class AwardForm(SupplyForm):
    """The winner of an application; the notice on file is noted with it."""

    application = RecordChoice(ProcurementApplication, label="采购申请")

    class Meta(EvidenceForm.Meta):
        model = Award
        fields = ["application", "firm_name", "firm_credit_code", "amount", "awarded_on"]

    def clean_awarded_on(self):
        """Not in the future."""
        return not_in_future(self.cleaned_data["awarded_on"], "中标(成交)日期")

    def clean(self) -> dict:
        """Not before the notice."""
        data = super().clean()
        notice = current_notice(data.get("application"))
        if notice and data.get("awarded_on") and data["awarded_on"] < notice.published_on:
            self.add_error("awarded_on", f"不能早于公告发布日期({notice.published_on})。")
        return data

    def prepare(self, record) -> None:
        """Tie the award to the notice it followed."""
        record.notice = current_notice(record.application)


@evidence(
    "contract", label="合同登记", stage="采购", by=["applicant"], open_in=OPEN, repeats=True, example=contract_example,
    help="设备明细登记后会列入固定资产登记清单,不分金额大小。",
)  # fmt: skip
class ContractForm(SupplyForm):
    """A contract with its lines, linked to an application."""

    application = RecordChoice(ProcurementApplication, label="采购申请")
    items = LinesField(row_form(ContractLine, [*ITEM_COLUMNS, "amount", "is_equipment"]), minimum=1, label="合同明细")
    line_models = {"items": (ContractLine, "record")}

    class Meta(EvidenceForm.Meta):
        model = Contract
        fields = [
            "application", "number", "firm_name", "firm_credit_code", "amount", "signed_on", "payment_terms",
            "acceptance_terms", "file",
        ]  # fmt: skip

    def clean_number(self) -> str:
        """Once per project."""
        number = self.cleaned_data["number"].strip()
        if valid(Contract, self.project).filter(number=number).exists():
            raise ValidationError("这个合同编号已经登记。", code="unique")
        return number

    def clean_signed_on(self):
        """Not in the future."""
        return not_in_future(self.cleaned_data["signed_on"], "签订日期")

    def clean_items(self) -> list[dict]:
        """What the approved list holds as equipment is equipment here too, ticked or not (YQ-3.5-12)."""
        equipment = {normal(item.name) for item in approved_items(self.project) if item.is_equipment}
        rows = self.cleaned_data["items"]
        return [row | {"is_equipment": row["is_equipment"] or normal(row["name"]) in equipment} for row in rows]

    def clean(self) -> dict:
        """Not before the award."""
        data = super().clean()
        awards = awards_of(data.get("application"))
        first = min((award.awarded_on for award in awards), default=None)
        if first and data.get("signed_on") and data["signed_on"] < first:
            self.add_error("signed_on", f"不能早于中标(成交)日期({first})。")
        return data

    def save_lines(self, record) -> None:
        """Write the lines, each with a code that asset registrations can name."""
        super().save_lines(record)
        lines = list(record.items.all())
        for line in lines:
            line.code = f"{record.number}/{line.position + 1}"
        ContractLine.objects.bulk_update(lines, ["code"])
