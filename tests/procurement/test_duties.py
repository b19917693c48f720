"""Here: what waits for an office beside the next move."""

from desk.scenarios import inbox
from tests.procurement.conftest import SERVER, SOFTWARE


def waiting(purchase, role: str) -> list[str]:
    return inbox(purchase.city.users[role], purchase.project)


def test_a_further_application_waits_for_the_finance_bureau(approved):
    approved.put("procurement_application", method="询价", items=[SERVER | {"budget_amount": "1.00"}])
    approved.city.walker().prepare(approved.project, "apply_procurement")
    approved.move("apply_procurement")
    approved.chain("procurement_decision", "contract")
    assert "procurement_decision" not in waiting(approved, "finance")
    approved.put("procurement_application", items=[SOFTWARE | {"budget_amount": "1.00"}])
    assert "procurement_decision" in waiting(approved, "finance")
    approved.put("procurement_decision")
    assert "procurement_decision" not in waiting(approved, "finance")
    approved.put("tender_document", application="CG2", items=[SOFTWARE])
    assert waiting(approved, "centre") == ["tender_review"]
    approved.put("tender_review", document="CG2-V1")
    assert waiting(approved, "centre") == []


def test_assets_wait_for_both_sides(accepted):
    accepted.chain("tender_document", "tender_review", "tender_notice", "award", "contract")
    assert "asset_registration" in waiting(accepted, "applicant")
    assert "asset_confirmation" in waiting(accepted, "finance")
    accepted.chain("asset_registration", "asset_registration", "asset_confirmation", "asset_confirmation")
    assert "asset_registration" not in waiting(accepted, "applicant")
    assert "asset_confirmation" not in waiting(accepted, "finance")
