"""Here: clocks in words: what began one, why one stands still, what became of one. Not here: reckoning."""

from deadlines.models import Deadline, DeadlineStop
from policies.pack import DeadlineSpec, Pack, ReportSpec
from projects.evidence import EVIDENCE

SUSPENSION, CORRECTION = "suspend", "stop"
WORDS = {
    "escalation.handle": "督办", "report.made": "登记报送", "calendar_feed.made": "生成日历地址",
    "calendar_feed.revoked": "停用日历地址",
}  # fmt: skip
# The clock of a recurring report carries its period: progress_report@2026Q3.
AT = "@"


def report_code(spec: ReportSpec, period: str) -> str:
    """The code of the clock for one period of a recurring report."""
    return f"{spec.code}{AT}{period}"


def spec_of(pack: Pack, code: str) -> DeadlineSpec | ReportSpec | None:
    """The part of the pack that a clock comes from; None when the pack no longer has it."""
    if AT in code:
        name = code.partition(AT)[0]
        return next((spec for spec in pack.reports if spec.code == name), None)
    return next((spec for spec in pack.deadlines if spec.code == code), None)


def event_in_words(pack: Pack, key: str) -> str:
    """An event as the place names it: 提交申报, 登记“招标文件”; the code itself where nobody names it."""
    kind, _, name = key.partition("#")[0].partition(":")
    if kind == "move" and name in pack.moves:
        return pack.moves[name].label or name
    if kind == "record" and name in EVIDENCE:
        spec = pack.records.get(name)
        return f"登记“{(spec and spec.label) or EVIDENCE[name].label}”"
    if kind == "material":
        return next((f"提交“{slot.name}”" for slot in pack.materials if slot.code == name), name)
    return "报告期" if kind == "report" else (name or key)


def why_stopped(pack: Pack, deadline: Deadline, stop: DeadlineStop) -> str:
    """项目暂停, or the event of the pack that gave the papers back."""
    if stop.cause == SUSPENSION:
        return "项目暂停"
    spec = spec_of(pack, deadline.code)
    events = spec.stop if isinstance(spec, DeadlineSpec) else ()
    return "、".join(dict.fromkeys(event_in_words(pack, event) for event in events)) or "退回补正"
