"""Here: what a paper says, as plain data that freezes to JSON. Not here: how it looks (pdf.py, docx.py), its number."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from papers.words import day_in_words

UNKNOWN = "—"


def text_of(value: Any) -> str:
    """A cell or form value as it stands on paper: money with two places, dates as 2026年3月2日, unknown as a dash."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format(value, ",.2f")
    if isinstance(value, date):
        return day_in_words(value)
    return str(value)


@dataclass(frozen=True)
class Para:
    """Body text, indented by two characters; a line break begins a new paragraph."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3. Its 一、 or （一） or 1. is put before it by the house: do not write it."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Items:
    """Paragraphs numbered 1. 2. 3. from one; do not write the numbers."""

    texts: tuple[str, ...]

    def __init__(self, texts: Iterable[Any]) -> None:
        object.__setattr__(self, "texts", tuple(text_of(each) for each in texts))


@dataclass(frozen=True)
class Table:
    """A ruled table; its header stands again on every page. `widths` are parts of the whole, one for each column.

    Cells may be text, Decimal (yuan), int, date, bool or None; columns that hold only figures are set to the right.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()

    def __init__(
        self, columns: Iterable[str], rows: Iterable[Iterable[Any]], caption: str = "", widths: Iterable[int] | None = None
    ) -> None:
        _put(self, columns=tuple(columns), caption=caption, widths=tuple(widths or ()))
        _put(self, rows=tuple(tuple(text_of(cell) for cell in row) for row in rows))
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"every row of {self.caption or self.columns} needs {len(self.columns)} cells")
        if self.widths and len(self.widths) != len(self.columns):
            raise ValueError(f"{len(self.widths)} widths for {len(self.columns)} columns")


@dataclass(frozen=True)
class Fields:
    """A form: labels with their values, `across` pairs beside each other in a row."""

    pairs: tuple[tuple[str, str], ...]
    across: int = 1

    def __init__(self, pairs: Iterable[tuple[str, Any]], across: int = 1) -> None:
        _put(self, pairs=tuple((label, text_of(value)) for label, value in pairs), across=across)


@dataclass(frozen=True)
class Signatures:
    """A table to sign in: `names` are persons, or rows that fill the first columns; the rest stays empty for the pen."""

    columns: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]

    def __init__(self, columns: Iterable[str], names: Iterable[Any]) -> None:
        rows = [(each,) if isinstance(each, str) else tuple(text_of(cell) for cell in each) for each in names]
        _put(self, columns=tuple(columns), names=tuple(rows))
        if any(len(row) > len(self.columns) for row in self.names):
            raise ValueError(f"a row of signatures fills more than {len(self.columns)} columns")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The names filled up with empty cells."""
        return tuple(row + ("",) * (len(self.columns) - len(row)) for row in self.names)


@dataclass(frozen=True)
class Annex:
    """Begins an annex on a new page, after signature and date; the blocks behind it belong to it."""

    title: str


Block = Para | Heading | Items | Table | Fields | Signatures | Annex
BLOCKS: dict[str, type] = {kind.__name__: kind for kind in (Para, Heading, Items, Table, Fields, Signatures, Annex)}


@dataclass(frozen=True)
class Content:
    """A whole paper. Empty `mark`, `signer`, `on` and `printer` are filled in when it is issued, from pack and office.

    `mark` is the red 发文机关标志, `to` 主送机关, `attachments` the names under 附件 (else the annexes'), `signer` 署名,
    `on` 成文日期, `approver` 签发人 (papers to a superior only), `contact` 附注, `copies_to` 抄送, `printer` 印发机关.
    A form has `red=False`; a wide one `landscape=True`.
    """

    title: str
    blocks: tuple[Block, ...]
    to: str = ""
    mark: str = ""
    attachments: tuple[str, ...] = ()
    signer: str = ""
    on: date | None = None
    approver: str = ""
    copies_to: tuple[str, ...] = ()
    contact: str = ""
    printer: str = ""
    red: bool = True
    landscape: bool = False

    def __post_init__(self) -> None:
        for name in ("blocks", "attachments", "copies_to"):
            _put(self, **{name: tuple(getattr(self, name))})

    @property
    def annexed(self) -> tuple[str, ...]:
        """The names that stand under 附件."""
        return self.attachments or tuple(each.title for each in self.blocks if isinstance(each, Annex))

    def filled(self, **defaults: Any) -> "Content":
        """The same paper with what is still empty filled in."""
        return replace(self, **{name: value for name, value in defaults.items() if not getattr(self, name)})

    def as_json(self) -> dict:
        """Plain data that `from_json` reads back as an equal paper."""
        data = {name: value for name, value in vars(self).items() if name != "blocks"}
        data["on"] = self.on.isoformat() if self.on else None
        data["blocks"] = [{"block": type(each).__name__} | asdict(each) for each in self.blocks]
        return _plain(data)

    @classmethod
    def from_json(cls, data: dict) -> "Content":
        """The paper that was frozen. Raises KeyError or TypeError for what is not one."""
        data = dict(data)
        blocks = [BLOCKS[each["block"]](**{k: v for k, v in each.items() if k != "block"}) for each in data.pop("blocks")]
        on = data.pop("on")
        return cls(blocks=tuple(blocks), on=date.fromisoformat(on) if on else None, **data)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _put(frozen: Any, **values: Any) -> None:
    for name, value in values.items():
        object.__setattr__(frozen, name, value)
