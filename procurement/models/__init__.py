"""Here: the evidence models of 采购."""

from procurement.models.application import ApplicationLine, ProcurementApplication, ProcurementDecision
from procurement.models.assets import AssetConfirmation, AssetRegistration
from procurement.models.contract import Award, Contract, ContractLine
from procurement.models.tender import PaymentTerm, TenderDocument, TenderItem, TenderNotice, TenderReview

__all__ = [
    "ApplicationLine",
    "AssetConfirmation",
    "AssetRegistration",
    "Award",
    "Contract",
    "ContractLine",
    "PaymentTerm",
    "ProcurementApplication",
    "ProcurementDecision",
    "TenderDocument",
    "TenderItem",
    "TenderNotice",
    "TenderReview",
]
