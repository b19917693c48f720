"""Here: writing down the heads of all ledgers under one root hash. Not here: checking a ledger (ledger.py), the schedule.

An anchor is to be kept off this machine. Whoever rewrote a chain, hashes and witnesses included, would be found by any
anchor made before. It names projects by their internal number only, so that it may be kept by people who see no project.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction

from organizations import audit, clock
from policies.digest import chain_digest, default_algorithm
from projects.models import LedgerAnchor, Project

FORMAT = "egov-ledger-anchor/1"


@transaction.atomic
def write_anchor(*, actor=None) -> LedgerAnchor:
    """Today's anchor; the one that is there where today's was made already. `actor` None is the schedule."""
    on = clock.today()
    made = LedgerAnchor.objects.filter(on=on).first()
    if made:
        return made
    before = LedgerAnchor.objects.filter(on__lt=on).first()
    heads = [list(row) for row in _heads()]
    sealed = _sealed(on, before.root if before else "", heads)
    algorithm = default_algorithm()
    data = {**sealed, "algorithm": algorithm, "root": chain_digest(algorithm, canonical(sealed))}
    text = json.dumps(data, ensure_ascii=False, indent=0).encode()
    anchor = LedgerAnchor.objects.create(
        on=on,
        made_at=clock.now(),
        ledgers=len(heads),
        passages=sum(length for _, length, _ in heads),
        algorithm=algorithm,
        previous_root=sealed["previous_root"],
        root=data["root"],
        file=ContentFile(text, name="anchor.json"),
        sha256=hashlib.sha256(text).hexdigest(),
    )
    audit.record(actor, "anchor.write", target=str(on), root=anchor.root, ledgers=anchor.ledgers)
    return anchor


def _heads() -> Iterator[tuple[int, int, str]]:
    """Internal number, length and head of every ledger, in the order of the numbers."""
    rows = Project.objects.filter(ledger_length__gt=0).order_by("pk")
    return rows.values_list("pk", "ledger_length", "ledger_head").iterator()


def _sealed(on: date, previous_root: str, heads: list[list]) -> dict:
    return {"format": FORMAT, "on": on.isoformat(), "previous_root": previous_root, "heads": heads}


def canonical(sealed: dict) -> str:
    """The text that the root hash seals."""
    return json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def trouble(anchor: LedgerAnchor) -> str:
    """Why the anchor's file is not what was written, in words; empty for a sound one."""
    try:
        with anchor.file.storage.open(anchor.file.name) as file:
            data = file.read()
    except OSError:
        return "文件不在了"
    return "" if hashlib.sha256(data).hexdigest() == anchor.sha256 else "文件内容与登记的哈希不符"


def as_text(anchor: LedgerAnchor) -> Iterator[str]:
    """The page to print and keep: what the hashes are of, then one line for each ledger."""
    with anchor.file.storage.open(anchor.file.name) as file:
        heads = json.load(file)["heads"]
    yield f"电子政务项目办理台账锚定页\n\n日期      {anchor.on}\n台账      {anchor.ledgers} 本,办理 {anchor.passages} 步\n"
    yield f"算法      {anchor.algorithm}\n根哈希    {anchor.root}\n上一期    {anchor.previous_root or '无'}\n"
    yield f"JSON 文件 SHA-256  {anchor.sha256}\n\n"
    yield "经办人签字:                    接收人签字:                    日期:\n\n"
    yield f"{'内部编号':<8}{'步数':<6}台账头\n"
    for project, length, head in heads:
        yield f"{project:<12}{length:<8}{head}\n"
