"""Here: the evidence models of 验收."""

from acceptance.models.arrangement import AcceptancePlan, AcceptanceSupervision, PanelMember, SupervisionAttendee
from acceptance.models.changes import ChangeRecognition, ChangeReport, RecognitionSignature, ReportedChange
from acceptance.models.outcome import AcceptanceConclusion, AcceptanceFiling, AcceptanceFilingConfirmation, Delivery
from acceptance.models.testing import ComplexityFinding, TestStandard, ThirdPartyTest
from acceptance.models.trial import TrialExemption, TrialExemptionConfirmation, TrialRun

__all__ = [
    "AcceptanceConclusion",
    "AcceptanceFiling",
    "AcceptanceFilingConfirmation",
    "AcceptancePlan",
    "AcceptanceSupervision",
    "ChangeRecognition",
    "ChangeReport",
    "ComplexityFinding",
    "Delivery",
    "PanelMember",
    "RecognitionSignature",
    "ReportedChange",
    "SupervisionAttendee",
    "TestStandard",
    "ThirdPartyTest",
    "TrialExemption",
    "TrialExemptionConfirmation",
    "TrialRun",
]
