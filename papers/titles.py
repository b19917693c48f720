"""Here: breaking a long title into lines of about the same length, at a place where it can be read. Not here: its face."""

from math import ceil

LONGEST = 19  # characters of 二号 that fit into 156 mm
NEVER_FIRST = "的了和与、，。；：）》〉”’！？之"
NEVER_LAST = "（《〈“‘关不0123456789"
WELL_BEFORE = ("关于", "电子政务", "项目", "建设", "预审", "审查", "评审", "验收", "批复", "通知", "意见", "年度", "升级", "系统", "平台")
WELL_AFTER = "的、》）局会办"


def title_lines(title: str) -> list[str]:
    """The title in as few lines as it needs, none longer than LONGEST characters where it can be broken at all."""
    lines = []
    rest = title
    while len(rest) > LONGEST:
        cut = _cut(rest)
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [*lines, rest]


def _cut(text: str) -> int:
    count = ceil(len(text) / LONGEST)
    even = ceil(len(text) / count)
    return min(range(max(2, even - 4), min(LONGEST, even + 4) + 1), key=lambda at: (_harm(text, at, count), abs(at - even)))


def _harm(text: str, at: int, count: int) -> float:
    """How badly the title reads when broken before its character `at`."""
    before, after = text[at - 1], text[at]
    harm = abs(at - len(text) / count) * 0.8
    harm += 20 * ((after in NEVER_FIRST) + (before in NEVER_LAST) + (before.isascii() and after.isascii()))
    harm += 40 * (len(text) - at > LONGEST * (count - 1))
    harm -= 4 * (before in WELL_AFTER) + 2 * text.startswith(WELL_BEFORE, at)
    inside = any(text[at - len(word) + 1 : at + 1].find(word) >= 0 for word in WELL_BEFORE)
    return harm + 10 * inside
