"""Here: checking a project's ledger against itself and against its witnesses. Not here: writing it (transitions.py).

Witnesses are the audit log, where the door notes the hash of every move, and anchors: heads that were written down
elsewhere at some time. Whoever rewrites a whole chain would have to rewrite both.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping

from organizations.models import AuditEvent
from projects.models import PackVersion, Project
from projects.replay import replay
from projects.states import State


def problems(project: Project, *, anchor: Mapping | None = None) -> list[str]:
    """Everything about the project's ledger that is not as the door left it; empty for a sound one."""
    passages = list(project.passages.order_by("number"))
    found = [*_chain(project, passages), *_witnessed(project, passages), *_anchored(passages, anchor)]
    for passage in passages:
        found += [f"{passage.number} {passage.move}: {each}" for each in (*_version(passage), *replay(passage.pk))]
    return found


# What a line of `problems` is about, by a word that only such lines hold.
KINDS = (
    ("stands where number", "序号不连续"),
    ("does not give its hash", "内容与哈希不符"),
    ("does not follow the one before", "前后哈希不相连"),
    ("starts from", "起始状态不相连"),
    ("to another head", "项目所记的台账头不符"),
    ("its ledger ends in", "项目状态与台账不符"),
    ("audit log", "与操作日志不符"),
    ("anchored", "与外存的台账头不符"),
    ("pack version", "文件版本缺失或被改"),
)
OTHERWISE = "结论重新推导不一致"


def kinds(found: list[str]) -> dict[str, int]:
    """Problems counted by kind, in words that tell nothing of the project."""
    return dict(Counter(next((kind for word, kind in KINDS if word in each), OTHERWISE) for each in found))


def head(project: Project) -> dict:
    """What an anchor keeps of a project."""
    return {"number": project.number, "length": project.ledger_length, "head": project.ledger_head}


def _chain(project: Project, passages: list) -> list[str]:
    found, previous, state = [], "", str(State.DRAFT)
    for expected, passage in enumerate(passages, start=1):
        here = f"{passage.number} {passage.move}"
        if passage.number != expected:
            found.append(f"{here}: stands where number {expected} should")
        if passage.computed_hash() != passage.hash:
            found.append(f"{here}: its content does not give its hash")
        if passage.previous_hash != previous:
            found.append(f"{here}: does not follow the one before")
        if passage.source != state:
            found.append(f"{here}: starts from {passage.source}, the project was {state}")
        previous, state = passage.hash, passage.target
    if (project.ledger_length, project.ledger_head) != (len(passages), previous):
        found.append(f"the project counts {project.ledger_length} passages to another head than the ledger has")
    if project.state != state:
        found.append(f"the project is {project.state}, its ledger ends in {state}")
    return found


def _witnessed(project: Project, passages: list) -> list[str]:
    events = AuditEvent.objects.filter(project_id=project.pk, action__startswith="move:").order_by("id")
    noted = [event.detail.get("hash", "") for event in events]
    kept = [passage.hash for passage in passages]
    if noted == kept:
        return []
    at = next((place for place, pair in enumerate(zip(noted, kept, strict=False)) if pair[0] != pair[1]), None)
    place = min(len(noted), len(kept)) if at is None else at
    return [f"{place + 1}: the audit log knows {len(noted)} moves and tells another story from here on"]


def _anchored(passages: list, anchor: Mapping | None) -> list[str]:
    if not anchor or not anchor["length"]:
        return []
    at = anchor["length"] - 1
    if at < len(passages) and passages[at].hash == anchor["head"]:
        return []
    return [f"{anchor['length']}: not the passage that was anchored"]


def _version(passage) -> list[str]:
    version = PackVersion.objects.filter(digest=passage.pack_digest).first()
    sound = version is not None and hashlib.sha256(version.text.encode()).hexdigest() == version.digest
    return [] if sound else ["the text of its pack version is not what was judged by"]
