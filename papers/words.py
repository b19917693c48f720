"""Here: figures and days as official papers write them. Not here: laying papers out."""

from datetime import date
from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")
NUMERALS = "〇一二三四五六七八九"
LIMIT = Decimal(10) ** 12


def day_in_words(day: date) -> str:
    """2026年3月2日: Arabic figures without leading zeros, as the standard writes dates."""
    return f"{day.year}年{day.month}月{day.day}日"


def numeral(number: int) -> str:
    """一, 二, … 十, 十一, … 九十九 for the headings of a paper. Raises ValueError outside 1 to 99."""
    if not 1 <= number <= 99:
        raise ValueError(f"no numeral for {number}")
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else NUMERALS[tens] + "十"
    return head + (NUMERALS[ones] if ones else "")


def money_in_words(amount: Decimal) -> str:
    """An amount of yuan in 大写: 壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分; 整 where no 分 follows.

    Raises ValueError for more than two places, and for 万亿 and more.
    """
    if amount != amount.quantize(Decimal("0.01")) or abs(amount) >= LIMIT:
        raise ValueError(f"not an amount to be written in words: {amount}")
    yuan, cents = divmod(int(abs(amount) * 100), 100)
    tenths, hundredths = divmod(cents, 10)
    words = "负" if amount < 0 else ""
    words += _integer(yuan) + "元" if yuan or not cents else ""
    if not cents:
        return words + "整"
    if tenths:
        words += DIGITS[tenths] + "角"
    elif yuan:
        words += "零"
    return words + (DIGITS[hundredths] + "分" if hundredths else "整")


def _integer(number: int) -> str:
    if number == 0:
        return "零"
    words, gap = "", False
    for at in reversed(range(len(GROUPS))):
        group = number // 10 ** (4 * at) % 10**4
        if not group:
            gap = bool(words)
            continue
        words += ("零" if words and (gap or group < 1000) else "") + _group(group) + GROUPS[at]
        gap = False
    return words


def _group(number: int) -> str:
    words, gap = "", False
    for at in reversed(range(4)):
        digit = number // 10**at % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + PLACES[at]
            gap = False
        else:
            gap = True
    return words
