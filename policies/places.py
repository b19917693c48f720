"""Here: where in the files of a pack a message points to. Not here: what is wrong there (loader.py, the rooms' checks)."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

NAMED = re.compile(r"^(?:\S+ )??(rule|deadline|report|notice|material|parameter|stage) ([^\s:,]+)")
TABLED = re.compile(r"^(?:\S+ )??((?:moves|records|papers)\.[^\s:,]+|pack|offices|escalation|route)\b")
QUOTED = re.compile(r"“([^”]+)”")
KEYS = {"rule": "id", "parameter": "name", "stage": "name"}
AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
TROUBLES = {
    "Invalid value": "等号后面的写法不对:文字加英文引号,日期写 2026-03-02,金额写 123456.00,是否写 true、false",
    "Expected newline": "一行只写一项,后面多了东西;单位、中文标点不写在引号外面",
    "Expected '='": "项名后面应是英文等号 =",
    "Expected ']": "表名的方括号没有成对",
    "Unterminated string": "引号没有成对",
    "Illegal character": "引号没有在本行成对",
    "Cannot declare": "同名的表写了两次;可以有多个的表用双方括号,如 [[rule]]",
    "Cannot overwrite": "同一张表里有一项写了两次",
    "Unclosed array": "列表的方括号没有成对,或两项之间缺英文逗号",
    "Unclosed inline table": "花括号没有成对,或写成了两行",
    "Invalid statement": "这一行不是“项 = 值”:项名只用英文字母,标点用英文",
}


def spot(text: str, message: str) -> int | None:
    """The line that a message about a pack means: it begins with the entry (`rule XX-1: …`) and quotes the word “…”.

    None where the message names no entry of this text.
    """
    lines = text.splitlines()
    first, last = _block(lines, message)
    if first is None:
        return None
    word = QUOTED.search(message)
    within = range(first, last)
    return next((at + 1 for at in within if word and _stands(word.group(1), lines[at])), first + 1)


def trouble(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, int]:
    """What a person wrote against the rules of TOML, in words, and the line where that was noticed."""
    found = AT.search(str(error))
    line = int(found.group(1)) if found and found.group(1) else len(text.splitlines())
    said = AT.sub("", str(error))
    return f"TOML 写法有误:{next((words for told, words in TROUBLES.items() if said.startswith(told)), said)}", line


def placed(message: str, line: int | None, paths: Sequence[Path]) -> str:
    """The message with the file and the line it is about; `line` counts through all files of the pack."""
    for path in paths:
        length = path.read_text(encoding="utf-8").count("\n") + 1
        if line is None or line <= length:
            return f"{path.name}{f' 第 {line} 行' if line else ''}:{message}"
        line -= length
    return message


def _block(lines: list[str], message: str) -> tuple[int | None, int]:
    """The first line of the entry that a message names, and the line after its last."""
    if named := NAMED.match(message):
        kind, name = named.groups()
        told = re.compile(rf"""{KEYS.get(kind, "code")}\s*=\s*["']{re.escape(name)}["']""")
        for first in (at for at, line in enumerate(lines) if line.startswith(f"[[{kind}]]")):
            last = _end(lines, first, f"[[{kind}.")
            if any(told.match(line.strip()) for line in lines[first:last]):
                return first, last
    if tabled := TABLED.match(message):
        head = re.compile(rf"\[{{1,2}}{re.escape(tabled.group(1))}\]")
        first = next((at for at, line in enumerate(lines) if head.match(line)), None)
        return first, len(lines) if first is None else _end(lines, first, "")
    return None, 0


def _end(lines: list[str], first: int, inner: str) -> int:
    ends = (
        at
        for at in range(first + 1, len(lines))
        if lines[at].startswith("[") and not (inner and lines[at].startswith(inner))
    )
    return next(ends, len(lines))


def _stands(word: str, line: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", line.partition("#")[0]) is not None
