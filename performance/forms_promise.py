"""Here: how the unit puts its promises on file. Not here: the chain shown from them (promises.py)."""

from performance.models import PerformanceTarget, PromiseLine
from projects.evidence import AFTER_FILING, evidence
from projects.fields import LinesField
from projects.forms import EvidenceForm, row_form

COLUMNS = ["name", "target", "clause", "test", "accepted", "actual"]


@evidence(
    "performance_target", label="绩效目标", stage="绩效", by=["applicant"], open_in=AFTER_FILING,
    example=lambda project: {"promises": [{"name": "网上办件率", "target": "不低于 90%"}]},
    help="一行一个指标。后面的栏目知道了再补:重新登记即可,已填的会带出来。",
)  # fmt: skip
class PerformanceTargetForm(EvidenceForm):
    """The promises, one per line."""

    promises = LinesField(row_form(PromiseLine, COLUMNS), minimum=1, label="指标")
    line_models = {"promises": (PromiseLine, "record")}

    class Meta(EvidenceForm.Meta):
        model = PerformanceTarget
        fields = ["remark"]
