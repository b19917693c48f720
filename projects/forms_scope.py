"""Here: how decisions on scope and interim filings are put on file. Not here: the filing itself (forms.py), rules (packs)."""

from projects.evidence import AFTER_FILING, evidence
from projects.forms import EvidenceForm
from projects.models.scope import ApplicabilityOpinion, InterimCheck, ScopeDecision
from projects.states import State


@evidence(
    "applicability_opinion", label="适用性意见", stage="申报", by=["gov_office"], open_in=[State.DRAFT, *AFTER_FILING],
    example=lambda project: {"applies": True, "opinion": "使用财政资金,参照执行。"},
)  # fmt: skip
class ApplicabilityOpinionForm(EvidenceForm):
    """Whether the notice applies to a unit it was copied to."""

    class Meta(EvidenceForm.Meta):
        model = ApplicabilityOpinion
        fields = ["applies", "opinion"]


@evidence(
    "scope_decision", label="范围认定", stage="预审", by=["centre"], open_in=[State.FILED],
    example=lambda project: {"within": True, "reason": "主要内容为信息系统建设。"},
)  # fmt: skip
class ScopeDecisionForm(EvidenceForm):
    """Whether the project is within the notice at all."""

    class Meta(EvidenceForm.Meta):
        model = ScopeDecision
        fields = ["within", "reason"]


@evidence(
    "interim_check", label="临时申报核对", stage="预审", by=["centre"], open_in=[State.FILED],
    example=lambda project: {"superior_verified": True, "government_verified": True, "funding_verified": True},
)  # fmt: skip
class InterimCheckForm(EvidenceForm):
    """The centre's ticks behind the three proofs of an interim filing."""

    class Meta(EvidenceForm.Meta):
        model = InterimCheck
        fields = ["superior_verified", "government_verified", "funding_verified", "remark"]
