"""Here: the package of a volume: originals, papers, the PDF, ledger and records as JSON, the manifest. Not here: making pages.

scripts/verify_archive.py proves it without our code; whoever changes the format changes both.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from policies.verdicts import plain
from projects import representations
from reports.volume.gather import Kept, Section, files_of

FORMAT = "egov-archive/1"
PDF, LEDGER, RECORDS, NOTE, MANIFEST = "volume.pdf", "ledger.json", "records.json", "说明.txt", "manifest.json"
CHUNK = 1 << 20
EXPLAINED = """本档案包由电子政务项目管理系统生成。

volume.pdf      成册的档案:封面、目录、按环节排列的登记、材料、公文、台账摘录
originals/      上传的全部原件,按环节分开;“99-其他文件”是历次版本等没有印在卷内的
papers/         正式公文(PDF 和 Word)
ledger.json     办理台账全文,每一步带封存的原文和哈希
records.json    申报内容、各项登记、材料和例外的全部数据
manifest.json   以上每个文件的大小和 SHA-256

核验(任何装有 Python 3.11 的电脑,不需要本系统):
  python verify_archive.py 本档案包.zip --manifest-hash 清单哈希
清单哈希见系统中项目的“档案成册”页,系统的操作日志里也有一份。
"""


@dataclass(frozen=True)
class Packed:
    """What a finished package is known by."""

    files: int
    size: int
    sha256: str
    manifest_sha256: str


class Package:
    """A ZIP that is being written; every file is hashed on its way in."""

    def __init__(self, target: Path, at: datetime) -> None:
        self.archive = zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True)
        self.moment = at.timetuple()[:6]
        self.entries: list[dict] = []

    def add(self, path: str, chunks: Iterator[bytes], what: str, **more: str) -> str:
        """Write one file and list it; its SHA-256. What is packed already (PDF, pictures, Office) is only stored."""
        info = zipfile.ZipInfo(path, self.moment)
        info.compress_type = zipfile.ZIP_DEFLATED if path.endswith((".json", ".txt")) else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self.archive.open(info, "w", force_zip64=True) as out:
            for chunk in chunks:
                out.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.entries.append({"path": path, "size": size, "sha256": digest.hexdigest(), "what": what, **more})
        return digest.hexdigest()

    def add_json(self, path: str, data, what: str) -> None:
        """One JSON file, readable."""
        self.add(path, iter([json.dumps(data, ensure_ascii=False, indent=1).encode()]), what)

    def close(self, manifest: dict) -> str:
        """Write the manifest over everything that was added; its SHA-256."""
        listed = sorted(self.entries, key=lambda entry: entry["path"])
        sealed = self.add(MANIFEST, iter([json.dumps(manifest | {"files": listed}, ensure_ascii=False, indent=1).encode()]), "")
        self.archive.close()
        return sealed


def pack(
    project, sections: Sequence[Section], rest: Sequence[Kept], pdf: Path, target: Path, *, made_by: str, at: datetime,
    number: int, tell: Callable[[str], None] = lambda words: None,
) -> Packed:  # fmt: skip
    """Write the package to `target`. Whatever `tell` raises stops it."""
    package = Package(target, at)
    for kept in (*files_of(sections), *rest):
        if not kept.lost:
            tell(f"装入 {kept.attachment.name}")
            _add_file(package, kept)
    with pdf.open("rb") as file:
        package.add(PDF, chunks_of(file), "volume")
    ledger = ledger_of(project)
    package.add_json(LEDGER, ledger, "ledger")
    package.add_json(RECORDS, records_of(project), "records")
    package.add(NOTE, iter([EXPLAINED.encode()]), "note")
    sealed = package.close(manifest_of(project, sections, rest, ledger, made_by=made_by, at=at, number=number))
    with target.open("rb") as file:
        return Packed(len(package.entries) - 1, target.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest(), sealed)


def _add_file(package: Package, kept: Kept) -> None:
    """An original as it lies in the store; where that is not what was uploaded, the manifest says so."""
    attachment = kept.attachment
    with attachment.file.storage.open(attachment.file.name) as file:
        what = "paper" if kept.path.startswith("papers/") else "original"
        mine = package.add(kept.path, chunks_of(file), what, name=attachment.name, title=kept.title)
    if mine != attachment.sha256:
        package.entries[-1]["registered_sha256"] = attachment.sha256


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    """The rest of a file, piece by piece."""
    return iter(lambda: file.read(CHUNK), b"")


def ledger_of(project) -> dict:
    """Every passage with the text that its hash seals, so that the chain can be derived anew."""
    passages = [json.loads(each.sealed()) | {"sealed": each.sealed(), "hash": each.hash} for each in project.passages.order_by("number")]
    return {"project": {"id": project.pk, "number": project.number}, "passages": passages}


def records_of(project) -> dict:
    """The project and all that is on file about it, as the API gives it."""
    return {
        "project": representations.detail(project),
        "records": representations.evidence_on_file(project),
        "materials": [
            plain({"code": each.code, "version": each.version, "status": each.status, "note": each.note})
            | {"file": each.attachment.name if each.attachment else None}
            for each in project.materials.select_related("attachment").order_by("code", "version")
        ],
        "waivers": [
            plain(
                {"rule": each.rule, "reason": each.reason, "basis": each.basis, "decision": each.decision}
                | {"requested_on": each.requested_on, "decided_on": each.decided_on, "note": each.decision_note}
            )
            for each in project.waivers.order_by("pk")
        ],
    }


def manifest_of(
    project, sections: Sequence[Section], rest: Sequence[Kept], ledger: dict, *, made_by: str, at: datetime, number: int
) -> dict:
    """What the package says of itself beside its files."""
    passages = ledger["passages"]
    before = project.volumes.filter(number__lt=number).first()
    return {
        "format": FORMAT,
        "project": {
            "id": project.pk, "number": project.number, "name": project.name, "department": project.department.name,
            "state": str(project.state), "jurisdiction": project.jurisdiction.code,
        },
        "pack": {"code": project.pack_code, "doc_no": project.pack.doc_no, "digest": project.pack.digest},
        "ledger": {"length": len(passages), "head": passages[-1]["hash"] if passages else ""},
        "volume": {"number": number, "previous_manifest": before.manifest_sha256 if before else ""},
        "made_at": at.isoformat(timespec="seconds"),
        "made_by": made_by,
        "missing": [asdict(gap) for section in sections for gap in section.gaps],
        "lost": [kept.attachment.name for kept in (*files_of(sections), *rest) if kept.lost],
    }  # fmt: skip
