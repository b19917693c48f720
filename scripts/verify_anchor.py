"""Here: checking exported ledgers against an anchor, with the standard library only. Not here: the house's code.

`python verify_anchor.py anchor.json [档案包.zip | ledger.json …] [--root 根哈希] [--previous 上一期.json]`. The anchor's own
root is derived anew and compared with the one on paper; each ledger is derived anew up to the step that was anchored.

Exit codes: 0 everything agrees, 1 something differs (each thing is named), 2 a file cannot be read.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from pathlib import Path

FORMAT = "egov-ledger-anchor/1"


class Unreadable(Exception):
    """A file that was given is not what it should be."""


def digest(algorithm, text):
    """A hash by name. Raises Unreadable for one that this Python lacks."""
    try:
        return hashlib.new(algorithm, text.encode()).hexdigest()
    except ValueError as error:
        raise Unreadable(f"这台电脑的 Python 没有算法 {algorithm},请换一台") from error


def load(path):
    """A JSON file, or the ledger inside an archive. Raises Unreadable."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return json.loads(archive.read("ledger.json"))
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Unreadable(f"{path} 不能读取:{error}") from error


def of_anchor(anchor, root, previous):
    """What of the anchor itself does not hold."""
    sealed = {name: anchor[name] for name in ("format", "on", "previous_root", "heads")}
    text = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    mine = digest(anchor["algorithm"], text)
    found = [] if mine == anchor["root"] else [f"锚定页:内容推算的根哈希为 {mine},页上写的是 {anchor['root']}"]
    if root and root != mine:
        found.append(f"锚定页:根哈希为 {mine},给出的是 {root}")
    if previous and anchor["previous_root"] != previous["root"]:
        found.append(f"锚定页:接的上一期是 {anchor['previous_root'] or '无'},给出的上一期为 {previous['root']}")
    return found


def of_ledger(passages, anchored):
    """What of one ledger does not hold, up to the step that was anchored."""
    found, previous = [], ""
    for row in passages:
        sealed = json.loads(row["sealed"])
        here = f"项目 {sealed['project_id']} 第 {sealed['number']} 步"
        if digest(row["algorithm"], row["sealed"]) != row["hash"]:
            found.append(f"{here}:内容与哈希不符")
        if sealed["previous_hash"] != previous:
            found.append(f"{here}:没有接上前一步的哈希")
        previous = row["hash"]
    project, length, head = anchored
    if len(passages) < length:
        found.append(f"项目 {project}:锚定时有 {length} 步,现在只有 {len(passages)} 步")
    elif passages[length - 1]["hash"] != head:
        found.append(f"项目 {project}:第 {length} 步的哈希为 {passages[length - 1]['hash']},锚定的是 {head}")
    return found


def checked(anchor, path):
    """One exported ledger: what is told of it, and what differs."""
    data = load(path)
    passages = data["passages"] if isinstance(data, dict) else data
    heads = {row[0]: row for row in anchor["heads"]}
    named = data["project"]["id"] if isinstance(data, dict) and "project" in data else None
    project = json.loads(passages[0]["sealed"])["project_id"] if passages else named
    if project not in heads:
        return f"{path}:锚定页上没有这个项目(可能在锚定之后才申报)", []
    found = of_ledger(passages, heads[project])
    return f"{path}:{len(passages)} 步,锚定时 {heads[project][1]} 步", found


def main():
    parser = argparse.ArgumentParser(description="用锚定页核对导出的台账")
    parser.add_argument("anchor", type=Path, help="锚定页的 JSON 文件")
    parser.add_argument("ledgers", type=Path, nargs="*", help="档案包(ZIP)或导出的台账(JSON)")
    parser.add_argument("--root", type=str.lower, default="", help="纸上或别处保存的根哈希")
    parser.add_argument("--previous", type=Path, help="上一期锚定页的 JSON 文件")
    given = parser.parse_args()
    try:
        anchor = load(given.anchor)
        if not isinstance(anchor, dict) or anchor.get("format") != FORMAT:
            raise Unreadable(f"{given.anchor} 不是锚定页")
        found = of_anchor(anchor, given.root, load(given.previous) if given.previous else None)
        for path in given.ledgers:
            told, differing = checked(anchor, path)
            sys.stdout.write(f"{told}\n")
            found += differing
    except (Unreadable, KeyError, TypeError, ValueError, IndexError) as error:
        sys.stdout.write(f"不能核对:{error}\n")
        return 2
    sys.stdout.write("\n".join([*found, f"核对不通过:{len(found)} 处不符", ""]) if found else "")
    if not found:
        sys.stdout.write(f"核对通过:{anchor['on']} 锚定的 {len(anchor['heads'])} 本台账,根哈希 {anchor['root']}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
