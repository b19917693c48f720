"""Here: how a payment is put on file. Not here: whether the regulation lets it go (packs)."""

from decimal import Decimal

from django import forms

from budget import examples
from budget.forms import DatedForm
from budget.models import Payment
from budget.money import room_for_payment
from budget.sheets import FINANCE
from policies.verdicts import words
from projects.evidence import evidence
from projects.forms import EvidenceForm
from projects.states import CHAIN
from projects.transitions import passed


@evidence(
    "payment", label="资金拨付", stage="拨付", by=[FINANCE], open_in=CHAIN[1:], repeats=True, example=examples.payment,
    help="登记有误的,作废并写明原因,再重新登记。",
)  # fmt: skip
class PaymentForm(DatedForm):
    """One payment; never more than is left of the approved budget."""

    past = ("paid_on",)

    class Meta(EvidenceForm.Meta):
        model = Payment
        fields = ["amount", "kind", "paid_on", "payee", "contract_ref", "contract_clause", "early_reason", "note"]

    def clean_amount(self) -> Decimal:
        """Something is paid."""
        if self.cleaned_data["amount"] <= 0:
            raise forms.ValidationError("拨付金额应大于 0。", code="zero")
        return self.cleaned_data["amount"]

    def clean(self) -> dict:
        """批复 ≥ 合同 ≥ 已付 with this payment counted in (our own safety net)."""
        cleaned = super().clean()
        room = room_for_payment(self.project, cleaned.get("kind", ""))
        if room and cleaned.get("amount", 0) > room[0]:
            left, limit = room
            self.add_error("amount", f"超出{limit}:还可拨付 {words(left)} 元。")
        return cleaned

    def prepare(self, record: Payment) -> None:
        """Keep whether acceptance had been passed on the day."""
        record.before_acceptance = not passed(self.project, "accept")
