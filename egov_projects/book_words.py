"""Here: the words that a pack may use, found by name or label. Not here: what they mean (the rooms)."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from policies.vocabulary import FACTS
from projects.evidence import EVIDENCE, choices
from projects.models.lifecycle import Lifecycle
from projects.states import State
from projects.transitions import moves

KINDS = {"money": "金额", "number": "数", "text": "文字", "date": "日期", "flag": "是否", "list": "列表"}


def words_like(text: str) -> Iterator[str]:
    """A line for every state, move, piece of evidence and fact that has the text in its name or label."""
    for state, label in State.choices:
        if text in state or text in label:
            yield f"状态  {state}  {label}"
    for move in moves():
        said = (getattr(Lifecycle, move).__doc__ or "").partition("\n")[0].strip()
        if text in move or text in said:
            yield f"动作  {move}  {said}"
    meant = {name for name, kind in EVIDENCE.items() if text in name or text in kind.label}
    for name in sorted(meant):
        kind = EVIDENCE[name]
        yield f"登记  {name}  {kind.label}({kind.stage};通常由 {'、'.join(kind.by)})"
    for name, fact in sorted(FACTS.items()):
        if text in name or text in fact.label or name.partition(".")[0] in meant:
            values = choices(name)
            yield f"事实  {name}  {fact.label}({'/'.join(values) or KINDS[fact.kind]})"


def shown(path: Path) -> Path:
    """A path as people type it: from the project's folder where it lies below."""
    return path.relative_to(settings.BASE_DIR) if path.is_relative_to(settings.BASE_DIR) else path
