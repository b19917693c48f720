"""Here: the project, its filing, materials, exceptions and settings. The ledger is deliberately not re-exported."""

from projects.models.anchor import LedgerAnchor
from projects.models.declared import DeclaredRecord
from projects.models.draft import FilingDraft
from projects.models.exceptions import Waiver
from projects.models.filing import EstimateLine, FilingBatch, FundingLine
from projects.models.flag import ProjectFlag
from projects.models.instrument import InstrumentEnd, PackVersion, ParameterSetting
from projects.models.material import Attachment, Material
from projects.models.past import PastProject
from projects.models.project import Project
from projects.models.record import Line, StageRecord
from projects.models.scope import ApplicabilityOpinion, InterimCheck, ScopeDecision
from projects.models.transitional import TransitionalDecision
from projects.models.version import FilingVersion

__all__ = [
    "ApplicabilityOpinion",
    "Attachment",
    "DeclaredRecord",
    "EstimateLine",
    "FilingBatch",
    "FilingDraft",
    "FilingVersion",
    "FundingLine",
    "InstrumentEnd",
    "InterimCheck",
    "LedgerAnchor",
    "Line",
    "Material",
    "PackVersion",
    "ParameterSetting",
    "PastProject",
    "Project",
    "ProjectFlag",
    "ScopeDecision",
    "StageRecord",
    "TransitionalDecision",
    "Waiver",
]
