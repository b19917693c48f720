"""Here: a paper as one row of parts in reading order, which both renderers walk. Not here: how a part looks (pdf.py, docx.py)."""

from collections.abc import Iterator
from dataclasses import dataclass

from papers.content import Annex, Block, Content, Fields, Heading, Items, Para, Signatures, Table
from papers.words import day_in_words, numeral


@dataclass(frozen=True)
class Part:
    """`style` names the element of the standard; a paragraph has `text`, a table `columns` and `rows`.

    `widths` are parts of the whole; `figures` the columns set to the right; `labels` the columns that name their row.
    """

    style: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()
    figures: tuple[int, ...] = ()
    labels: tuple[int, ...] = ()


def parts(content: Content, number: str = "") -> list[Part]:
    """Everything on the paper, in the order in which both files carry it."""
    main, annexes = _split(content.blocks)
    found = [*_head(content, number), Part("title", content.title)]
    if content.to:
        found.append(Part("to", f"{content.to.rstrip('：:')}："))
    found += _body(main)
    found += _close(content)
    for at, (annex, blocks) in enumerate(annexes, start=1):
        found.append(Part("annex", "附件" if len(annexes) == 1 else f"附件{at}"))
        found += [Part("annex-title", annex.title), *_body(blocks)]
    return found + (_imprint(content) if content.red else [])


def width_of(words: str) -> float:
    """About how wide the words are, in characters: Latin letters and figures take half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in words)


def _head(content: Content, number: str) -> Iterator[Part]:
    if not content.red:
        return
    yield Part("mark", content.mark)
    if content.approver:
        yield Part("number-left", number)
        yield Part("approver", f"签发人：{content.approver}")
    else:
        yield Part("number", number)
    yield Part("rule")


def _close(content: Content) -> Iterator[Part]:
    names = content.annexed
    for at, name in enumerate(names, start=1):
        before = "附件：" if at == 1 else ""
        yield Part("attached" if at == 1 else "attached-more", f"{before}{f'{at}.' if len(names) > 1 else ''}{name}")
    if content.signer:
        yield Part("signer", content.signer)
    if content.on and content.signer:
        yield Part("date", day_in_words(content.on))
    if content.contact:
        yield Part("contact", f"（{content.contact}）")


def _imprint(content: Content) -> list[Part]:
    copies = [Part("copies", f"抄送：{'，'.join(content.copies_to)}。")] if content.copies_to else []
    printed = f"{day_in_words(content.on)}印发" if content.on else ""
    return [*copies, Part("printer", content.printer), Part("printed", printed)]


def _split(blocks: tuple[Block, ...]) -> tuple[list[Block], list[tuple[Annex, list[Block]]]]:
    main: list[Block] = []
    annexes: list[tuple[Annex, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Annex):
            annexes.append((block, []))
        elif annexes:
            annexes[-1][1].append(block)
        else:
            main.append(block)
    return main, annexes


def _body(blocks: list[Block]) -> Iterator[Part]:
    counted = [0, 0, 0]
    for block in blocks:
        if isinstance(block, Heading):
            counted[block.level - 1] += 1
            counted[block.level :] = [0] * (3 - block.level)
            yield Part(f"h{block.level}", _numbered(block, counted[block.level - 1]))
        else:
            yield from _plain(block)


def _numbered(heading: Heading, at: int) -> str:
    before = (f"{numeral(at)}、", f"（{numeral(at)}）", f"{at}.")[heading.level - 1]
    return before + heading.text


def _plain(block: Block) -> Iterator[Part]:
    if isinstance(block, Para):
        yield from (Part("p", line.strip()) for line in block.text.splitlines() if line.strip())
    elif isinstance(block, Items):
        yield from (Part("p", f"{at}.{each}") for at, each in enumerate(block.texts, start=1))
    elif isinstance(block, Table):
        figures = tuple(at for at in range(len(block.columns)) if _only_figures([row[at] for row in block.rows]))
        widths = block.widths or (1,) * len(block.columns)
        yield Part("table", block.caption, block.columns, block.rows, widths, figures)
    elif isinstance(block, Fields):
        yield _form(block)
    elif isinstance(block, Signatures):
        yield Part("signatures", "", block.columns, block.rows, (1,) * len(block.columns))


def _form(block: Fields) -> Part:
    across = block.across
    rows = []
    for at in range(0, len(block.pairs), across):
        pairs = [*block.pairs[at : at + across], *[("", "")] * across][:across]
        rows.append(tuple(cell for pair in pairs for cell in pair))
    widths = (1, 3) if across == 1 else (2, 3) * across
    return Part("fields", "", (), tuple(rows), widths, labels=tuple(range(0, 2 * across, 2)))


def _only_figures(cells: list[str]) -> bool:
    shown = [cell for cell in cells if cell not in ("", "—")]
    return bool(shown) and all(cell.lstrip("-").replace(",", "").replace(".", "", 1).isdecimal() for cell in shown)
