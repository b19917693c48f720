"""Here: scripts/verify_archive.py on a real package, whole and tampered with: it says which file. Not here: making packages."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.reports.volume.conftest import rewritten

SCRIPT = Path(__file__).parents[3] / "scripts" / "verify_archive.py"
PLAN = "originals/01-申报/002-方案_总体.pdf"
pytestmark = pytest.mark.django_db


def verify(path: Path, *options: str) -> tuple[int, str]:
    """Exit code and what is said, by an interpreter that sees neither this project nor any package."""
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(path), *options], capture_output=True, text=True, cwd="/", check=False
    )
    assert run.stderr == ""
    return run.returncode, run.stdout


def noted(archive: Path) -> list[str]:
    return ["--manifest-hash", (archive.parent / "hash").read_text()]


def flipped(data: bytes) -> bytes:
    return data[:100] + bytes([data[100] ^ 1]) + data[101:]


def test_a_whole_package_is_proven_packed_and_unpacked(archive, tmp_path):
    code, said = verify(archive, *noted(archive))
    assert (code, "齐全、没有改动,台账 1 步哈希相连" in said) == (0, True)
    with zipfile.ZipFile(archive) as package:
        package.extractall(tmp_path / "unpacked")
    assert verify(tmp_path / "unpacked", *noted(archive)) == (0, said)
    assert "没有给出 --manifest-hash" in verify(archive)[1]


def test_one_byte_changed_one_file_removed_one_added(archive):
    tampered = rewritten(archive, change={PLAN: flipped}, drop=["volume.pdf"], add={"originals/多余.txt": b"x"})
    code, said = verify(tampered, *noted(archive))
    assert code == 1
    assert f"被改:{PLAN} 的 SHA-256 为" in said
    assert "缺少:volume.pdf(" in said
    assert "多出:originals/多余.txt(清单中没有)" in said
    assert "核验不通过:3 处不符" in said


def test_a_byte_changed_inside_the_zip_itself(archive):
    with zipfile.ZipFile(archive) as package:
        at = package.getinfo(PLAN).header_offset + 30 + len(PLAN.encode()) + 120
    data = bytearray(archive.read_bytes())
    data[at] ^= 1
    archive.write_bytes(data)
    code, said = verify(archive, *noted(archive))
    assert (code, f"被改:{PLAN} 与包内自带的校验和不符" in said) == (1, True)


def test_a_manifest_that_was_made_to_fit_is_caught_by_its_hash(archive):
    def without_the_plan(data: bytes) -> bytes:
        manifest = json.loads(data)
        manifest["files"] = [entry for entry in manifest["files"] if entry["path"] != PLAN]
        return json.dumps(manifest, ensure_ascii=False).encode()

    tampered = rewritten(archive, change={"manifest.json": without_the_plan}, drop=[PLAN])
    code, said = verify(tampered, *noted(archive))
    assert (code, "被改:manifest.json 的 SHA-256 为" in said, said.count("被改")) == (1, True, 1)
    assert verify(tampered)[0] == 0  # within itself it fits: that is what the hash is kept for


def test_an_edited_row_of_the_ledger_is_named(archive):
    def shown_otherwise(data: bytes) -> bytes:
        ledger = json.loads(data)
        ledger["passages"][0]["actor_name"] = "别人"
        return json.dumps(ledger, ensure_ascii=False).encode()

    def sealed_otherwise(data: bytes) -> bytes:
        ledger = json.loads(data)
        ledger["passages"][0]["sealed"] = ledger["passages"][0]["sealed"].replace('"file"', '"accept"')
        return json.dumps(ledger, ensure_ascii=False).encode()

    _, said = verify(rewritten(archive, change={"ledger.json": shown_otherwise}))
    assert "被改:ledger.json" in said and "台账:第 1 步(file)列出的 actor_name 与封存的不同" in said
    _, said = verify(rewritten(archive, change={"ledger.json": sealed_otherwise}))
    assert "台账:第 1 步(file)的内容与哈希不符" in said


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + b"\x00" * 18])
def test_what_is_no_archive_is_called_so(tmp_path, content):
    path = tmp_path / "other.zip"
    path.write_bytes(content)
    code, said = verify(path)
    assert (code, said.startswith("不能核验:")) == (2, True)


def test_the_plain_sm3_is_the_standards(monkeypatch):
    import hashlib
    import runpy

    mine = runpy.run_path(str(SCRIPT))["sm3"]
    assert mine(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    if "sm3" in hashlib.algorithms_available:
        assert all(mine(bytes(size)) == hashlib.new("sm3", bytes(size)).hexdigest() for size in (0, 55, 56, 63, 64, 200))
