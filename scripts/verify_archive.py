"""Here: proving an archive complete and unchanged, with the standard library only. Not here: the house's code.

`python verify_archive.py 档案包.zip [--manifest-hash 哈希]` (or the folder it was unpacked to). The manifest lists every
other file with its size and SHA-256; ledger.json holds the project's chain of moves, which is derived anew. What the
manifest itself says is only proven by its hash, which the house keeps and prints: give it on the command line.

Exit codes: 0 complete and unchanged, 1 something differs (each thing is named), 2 not an archive, or not readable.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from pathlib import Path

MANIFEST, LEDGER = "manifest.json", "ledger.json"
FORMAT = "egov-archive/1"
CHUNK = 1 << 20
SEALED = (
    "project_id", "number", "move", "source", "target", "actor_id", "actor_name", "acting_for", "role", "on", "at",
    "note", "pack_code", "pack_digest", "facts", "verdicts", "waivers", "previous_hash", "algorithm",
)  # fmt: skip


class NotAnArchive(Exception):
    """What was given cannot be read as an archive."""


class Folder:
    """An unpacked archive."""

    def __init__(self, path):
        self.path = path

    def names(self):
        return [each.relative_to(self.path).as_posix() for each in self.path.rglob("*") if not each.is_dir()]

    def open(self, name):
        return (self.path / name).open("rb")


class Zip:
    """A packed archive."""

    def __init__(self, path):
        self.archive = zipfile.ZipFile(path)

    def names(self):
        return [info.filename for info in self.archive.infolist() if not info.is_dir()]

    def open(self, name):
        return self.archive.open(name)


def opened(path):
    """The archive at a path. Raises NotAnArchive."""
    if path.is_dir():
        return Folder(path)
    try:
        return Zip(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise NotAnArchive(f"打不开 {path}:{error}") from error


def read(source, name):
    """A JSON file and its SHA-256. Raises NotAnArchive."""
    try:
        with source.open(name) as file:
            data = file.read()
        return json.loads(data), hashlib.sha256(data).hexdigest()
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise NotAnArchive(f"{name} 缺失或不能读取:{error}") from error


def measured(source, name):
    """Size and SHA-256 of a file, or None where it cannot be read to its end."""
    digest, size = hashlib.sha256(), 0
    try:
        with source.open(name) as file:
            while data := file.read(CHUNK):
                digest.update(data)
                size += len(data)
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zipfile.zlib.error):
        return None
    return size, digest.hexdigest()


def of_files(source, manifest):
    """What of the files is not as the manifest says."""
    present, found = source.names(), []
    listed = {entry["path"]: entry for entry in manifest["files"]}
    found += [f"重复:{name} 在包中出现 {present.count(name)} 次" for name in sorted(set(present)) if present.count(name) > 1]
    found += [f"重复:清单中 {len(manifest['files'])} 条只指 {len(listed)} 个文件"] * (len(listed) < len(manifest["files"]))
    found += [f"缺少:{path}({each['size']} 字节)" for path, each in listed.items() if path not in present]
    found += [f"多出:{name}(清单中没有)" for name in sorted(set(present)) if name not in listed and name != MANIFEST]
    for path, entry in listed.items():
        if path in present:
            found += of_file(path, entry, measured(source, path))
    return found


def of_file(path, entry, seen):
    """What of one file is not as listed."""
    if seen is None:
        return [f"被改:{path} 与包内自带的校验和不符,读不出来"]
    if seen[0] != entry["size"]:
        return [f"被改:{path} 有 {seen[0]} 字节,清单为 {entry['size']} 字节"]
    if seen[1] != entry["sha256"]:
        return [f"被改:{path} 的 SHA-256 为 {seen[1]},清单为 {entry['sha256']}"]
    return []


def of_ledger(ledger, manifest):
    """What of the chain of moves does not hold: each hash anew, each row against the text it seals, rows in a line."""
    found, previous, state = [], "", "draft"
    for expected, row in enumerate(ledger["passages"], start=1):
        here = f"台账:第 {expected} 步({row.get('move')})"
        found += [f"{here}{each}" for each in of_row(row, expected, previous, state)]
        previous, state = row.get("hash"), row.get("target")
    said = manifest["ledger"]
    if (len(ledger["passages"]), previous) != (said["length"], said["head"]):
        found.append(f"台账:共 {len(ledger['passages'])} 步、末尾哈希 {previous},清单为 {said['length']} 步、{said['head']}")
    return found


def of_row(row, expected, previous, state):
    """What of one move does not hold."""
    if digest(row["algorithm"], row["sealed"].encode()) != row["hash"]:
        yield "的内容与哈希不符"
    sealed = json.loads(row["sealed"])
    differing = [name for name in SEALED if sealed.get(name) != row.get(name)]
    if differing:
        yield f"列出的 {'、'.join(differing)} 与封存的不同"
    if sealed.get("number") != expected:
        yield f"的序号为 {sealed.get('number')}"
    if sealed.get("previous_hash") != previous:
        yield "没有接上前一步的哈希"
    if sealed.get("source") != state:
        yield f"从 {sealed.get('source')} 开始,前一步停在 {state}"


def digest(algorithm, data):
    """A hash by name; SM3 also where this Python lacks it. Raises NotAnArchive for one it does not know."""
    if algorithm not in ("sm3", "sha256"):
        raise NotAnArchive(f"不认识的哈希算法 {algorithm}")
    try:
        return hashlib.new(algorithm, data).hexdigest()
    except ValueError:
        return sm3(data)


def sm3(data):
    """GM/T 0004-2012 in plain Python."""
    mask = 0xFFFFFFFF

    def turn(word, by):
        by %= 32
        return (word << by | word >> (32 - by)) & mask

    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = data + b"\x80" + b"\x00" * ((55 - len(data)) % 64) + (len(data) * 8).to_bytes(8, "big")
    for at in range(0, len(padded), 64):
        words = [int.from_bytes(padded[at + 4 * i : at + 4 * i + 4], "big") for i in range(16)]
        for i in range(16, 68):
            x = words[i - 16] ^ words[i - 9] ^ turn(words[i - 3], 15)
            words.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(words[i - 13], 7) ^ words[i - 6])
        a, b, c, d, e, f, g, h = state
        for i in range(64):
            constant = 0x79CC4519 if i < 16 else 0x7A879D8A
            one = turn((turn(a, 12) + e + turn(constant, i)) & mask, 7)
            two = one ^ turn(a, 12)
            choice = a ^ b ^ c if i < 16 else (a & b) | (a & c) | (b & c)
            other = e ^ f ^ g if i < 16 else (e & f) | (~e & mask & g)
            left = (choice + d + two + (words[i] ^ words[i + 4])) & mask
            right = (other + h + one + words[i]) & mask
            a, b, c, d, e, f, g, h = left, a, turn(b, 9), c, right ^ turn(right, 9) ^ turn(right, 17), e, turn(f, 19), g
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True)]
    return "".join(f"{word:08x}" for word in state)


def examined(path, manifest_hash):
    """The manifest, its hash and everything that differs. Raises NotAnArchive."""
    source = opened(path)
    manifest, mine = read(source, MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise NotAnArchive(f"{MANIFEST} 不是 {FORMAT} 格式")
    found = [] if manifest_hash in (None, mine) else [f"被改:{MANIFEST} 的 SHA-256 为 {mine},系统登记的是 {manifest_hash}"]
    try:
        found += of_files(source, manifest)
        if LEDGER in source.names():
            found += of_ledger(read(source, LEDGER)[0], manifest)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        found.append(f"被改:{MANIFEST} 或 {LEDGER} 的结构已不完整({error!r})")
    return manifest, mine, found


def main():
    parser = argparse.ArgumentParser(description="核验档案包是否完整、有没有改动过")
    parser.add_argument("archive", type=Path, help="档案包(ZIP),或解开后的文件夹")
    parser.add_argument("--manifest-hash", type=str.lower, help="系统登记的清单哈希(见项目的“成册”页或卷宗交接记录)")
    given = parser.parse_args()
    try:
        manifest, mine, found = examined(given.archive, given.manifest_hash)
    except NotAnArchive as error:
        sys.stdout.write(f"不能核验:{error}\n")
        return 2
    project = manifest.get("project") or {}
    sys.stdout.write(f"{project.get('number')} {project.get('name')},{manifest.get('made_at')} 成册\n清单哈希 {mine}\n")
    if found:
        sys.stdout.write("\n".join([*found, f"核验不通过:{len(found)} 处不符", ""]))
        return 1
    count, size = len(manifest["files"]), sum(entry["size"] for entry in manifest["files"])
    steps = manifest["ledger"]["length"]
    sys.stdout.write(f"核验通过:{count} 个文件({size} 字节)齐全、没有改动,台账 {steps} 步哈希相连\n")
    if given.manifest_hash is None:
        sys.stdout.write("注意:没有给出 --manifest-hash,只证明包内一致;清单本身是否被换过,请与系统登记的哈希比对。\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
