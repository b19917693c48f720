"""Here: the evidence models of 建设 and 变更."""

from construction.models.building import Completion, Duty, ProgressReport, Responsibility
from construction.models.changes import (
    ChangeDecision,
    ChangeExecution,
    ChangeItem,
    ChangeMaterial,
    ChangeRequest,
    ChangeReview,
    ChangeSignature,
    ChangeWithdrawal,
    ContractAmendment,
)
from construction.models.firms import (
    IndependenceDeclaration,
    Subcontract,
    SupervisionEngagement,
    SupervisionLeader,
    SupervisionReport,
)

__all__ = [
    "ChangeDecision",
    "ChangeExecution",
    "ChangeItem",
    "ChangeMaterial",
    "ChangeRequest",
    "ChangeReview",
    "ChangeSignature",
    "ChangeWithdrawal",
    "Completion",
    "ContractAmendment",
    "Duty",
    "IndependenceDeclaration",
    "ProgressReport",
    "Responsibility",
    "Subcontract",
    "SupervisionEngagement",
    "SupervisionLeader",
    "SupervisionReport",
]
