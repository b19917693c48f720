"""Here: all-day entries as an iCalendar file (RFC 5545). Not here: whose entries (feed)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

OCTETS = 75
ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
# Control characters are not allowed in text; a line break is, escaped.
STRAY = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Entry:
    """One all-day entry; `uid` stays the same for as long as it is about the same thing."""

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""


def calendar(name: str, entries: Iterable[Entry], *, now: datetime) -> bytes:
    """The whole file: CRLF, folded at 75 octets of UTF-8, text escaped; days are days in Shanghai."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//egov-projects//deadlines//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{text(name)}",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for entry in entries:
        lines += _event(entry, stamp)
    return b"".join(fold(line) for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry, stamp: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{text(entry.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{text(entry.summary)}",
        "TRANSP:TRANSPARENT",
    ]
    if entry.description:
        lines.append(f"DESCRIPTION:{text(entry.description)}")
    if entry.url:
        lines.append(f"URL:{entry.url}")
    return [*lines, "END:VEVENT"]


def text(value: str) -> str:
    """A value of type TEXT: backslash, semicolon, comma and line break escaped, control characters left out."""
    value = STRAY.sub("", re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", value))
    return "".join(ESCAPES.get(character, character) for character in value)


def fold(line: str) -> bytes:
    """The line in pieces of at most 75 octets, each further one after a space; never inside a character."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode("utf-8", "replace")
        if len(piece) + len(octets) > OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
