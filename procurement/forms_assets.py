"""Here: how both sides of 固定资产登记 are put on file. Not here: comparing them (assets.py)."""

from procurement.assets import equipment
from procurement.choices import RecordChoice, not_in_future
from procurement.examples import confirmation_example, registration_example
from procurement.models import AssetConfirmation, AssetRegistration, ContractLine
from projects.evidence import between, evidence
from projects.forms import EvidenceForm
from projects.states import State

OPEN = between(State.PROCURING, State.EVALUATED)


class AssetForm(EvidenceForm):
    """What both sides have in common: one equipment line of this project's contracts."""

    def order_columns(self) -> None:
        """Only equipment of this project."""
        self.fields["line"].queryset = equipment(self.project)


@evidence(
    "asset_registration", label="固定资产登记(单位侧)", stage="采购", by=["applicant"], open_in=OPEN, repeats=True,
    example=registration_example,
)  # fmt: skip
class AssetRegistrationForm(AssetForm):
    """The unit enters equipment in its books; several entries together make up the quantity of a line."""

    line = RecordChoice(ContractLine, label="设备")

    class Meta(EvidenceForm.Meta):
        model = AssetRegistration
        fields = ["line", "asset_number", "registered_on", "location", "quantity", "value"]

    def clean_registered_on(self):
        """Not in the future."""
        return not_in_future(self.cleaned_data["registered_on"], "登记入账日期")


@evidence(
    "asset_confirmation", label="固定资产登记(财政侧)", stage="采购", by=["finance"], open_in=OPEN, repeats=True,
    example=confirmation_example,
)  # fmt: skip
class AssetConfirmationForm(AssetForm):
    """The finance bureau's own count of the same line."""

    line = RecordChoice(ContractLine, label="设备")

    class Meta(EvidenceForm.Meta):
        model = AssetConfirmation
        fields = ["line", "quantity", "value", "remark"]
