"""Here: how alike two names or two descriptions are, in whole percent. Not here: which projects are compared (duplicates.py)."""

import re
import unicodedata

YEARS = re.compile(r"(19|20)\d{2}(年度|年)?")
PHASES = re.compile(r"第?[一二三四五六七八九十\d]+期(工程)?")
SHORTEST_DESCRIPTION = 20


def normalised(text: str) -> str:
    """Full width folded, years and phases left out, letters and digits only: '智慧城管平台(二期)2026年' → '智慧城管平台'."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(each for each in PHASES.sub("", YEARS.sub("", folded)) if each.isalnum())
    return kept or "".join(each for each in folded if each.isalnum())


def grams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters; the text itself when it is shorter than two."""
    plain = normalised(text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1)) or frozenset(filter(None, [plain]))


def percent(one: frozenset[str], other: frozenset[str]) -> int:
    """Dice's coefficient of two sets of pairs, rounded down to whole percent; 0 when either is empty."""
    return 200 * len(one & other) // (len(one) + len(other)) if one and other else 0


def described(text: str) -> frozenset[str]:
    """The pairs of a description; empty when it is too short to tell two projects apart."""
    return grams(text) if len(normalised(text)) >= SHORTEST_DESCRIPTION else frozenset()
