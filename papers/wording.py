"""Here: what papers print for nothing, how they write amounts in sentences, official punctuation. Not here: any paper's words."""

import re
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from papers.words import day_in_words, money_in_words

Whole = TypeVar("Whole")
MISSING, UNKNOWN = "未填", "未知"
WIDE = str.maketrans(",;:?!", "，；：？！")
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\u3001-\u301c\uff01-\uff5e“”‘’…—"
MARK = re.compile(rf"(?:(?<=[{HAN}])|(?<=[{HAN}]\s))[,;:?!]|[,;:?!](?=\s?[{HAN}])")
BRACKETS = re.compile(r"\(([^()]*)\)")
GAP = re.compile(rf"(?<=[{HAN}]) (?=[\d{HAN}])|(?<=[\d%]) (?=[{HAN}])")


def filled(value: Any) -> str:
    """What somebody entered, lists joined by 、; 未填 where nothing that can be seen was."""
    if isinstance(value, list | tuple):
        value = "、".join(each for each in (str(each).strip() for each in value) if each)
    return (str(value).strip() if value is not None else "") or MISSING


def money(amount: Decimal | None) -> str:
    """1,234,567.00元; 未知 for None."""
    return UNKNOWN if amount is None else f"{amount:,.2f}元"


def money_in_full(amount: Decimal | None) -> str:
    """1,200.50元（大写：壹仟贰佰元伍角）; 未知 for None, without the capitals beyond what they can be written for."""
    try:
        return UNKNOWN if amount is None else f"{money(amount)}（大写：{money_in_words(amount)}）"
    except ValueError:
        return money(amount)


def figure(amount: Decimal | None) -> str:
    """A cell of a column of money: 1,234,567.00; 未知 for None."""
    return UNKNOWN if amount is None else f"{amount:,.2f}"


def quantity(value: Decimal | None) -> str:
    """Without idle zeros: 4, 2.5; 未知 for None."""
    return UNKNOWN if value is None else f"{value.normalize():f}"


def day(on: date | None) -> str:
    """2026年3月2日; 未填 for None."""
    return MISSING if on is None else day_in_words(on)


def formal(unit: str, place: str) -> str:
    """A unit of a place by its full name: 市财政局 of 乐清市 is 乐清市财政局; what does not begin so stays as it is."""
    short = place and unit.startswith(place[-1]) and not unit.startswith(place)
    return place[:-1] + unit if short else unit


def full_stop(text: str) -> str:
    """The text as a sentence."""
    text = text.strip().rstrip("。;；,，")
    return text if text.endswith(tuple("！？!?：:”")) else f"{text}。"


def full_width(text: str) -> str:
    """The punctuation of official Chinese: full width beside Chinese characters, no blanks there; figures stay as they are."""
    text = GAP.sub("", MARK.sub(lambda found: found[0].translate(WIDE), text))
    while (wider := BRACKETS.sub(lambda found: _bracketed(found.string, found), text)) != text:
        text = wider  # brackets within brackets
    return text


def _bracketed(text: str, found: re.Match) -> str:
    """Full-width brackets where they hold Chinese or stand beside it."""
    around = text[max(found.start() - 1, 0) : found.start()] + found[1] + text[found.end() : found.end() + 1]
    return f"（{found[1]}）" if re.search(f"[{HAN}]", around) else found[0]


def official(whole: Whole) -> Whole:
    """A paper or a part of one with every text in official punctuation."""
    if isinstance(whole, str):
        return full_width(whole)
    if isinstance(whole, tuple | list):
        return type(whole)(official(each) for each in whole)
    if is_dataclass(whole):
        return _replaced(whole)
    return whole


def _replaced(whole):
    copy = object.__new__(type(whole))
    for each in fields(whole):
        object.__setattr__(copy, each.name, official(getattr(whole, each.name)))
    return copy
