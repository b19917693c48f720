"""Here: the parts of a paper as HTML for the renderer of PDFs, everything escaped. Not here: its form (gb9704.css)."""

from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from papers.content import Content
from papers.layout import Part, width_of
from papers.titles import title_lines

LINE = 28  # characters of body text in a line
MARK_WIDTH, MARK_SIZE = 442, 40  # points: the width of the type area, and the largest 发文机关标志
GROUPS = {
    "number-left": "signed", "approver": "signed", "signer": "sign", "date": "sign",
    "copies": "imprint", "printer": "imprint", "printed": "imprint",
}  # fmt: skip
TAGS = {"h1": "h2", "h2": "h3", "h3": "h4"}
NOTHING = SafeString("")


def page(content: Content, found: list[Part], *, draft: str = "", back: bool = False) -> str:
    """The whole paper. `draft` is written across every page; with `back` the imprint has the last page to itself."""
    day = content.on.isoformat() if content.on else ""
    return format_html(
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{}</title><meta name="author" content="{}">'
        '<meta name="dcterms.created" content="{}"><meta name="dcterms.modified" content="{}"></head>'
        '<body class="{}{}">{}{}</body></html>',
        content.title, content.signer, day, day,
        "wide " if content.landscape else "", "red" if content.red else "form",
        format_html('<div class="draft">{}</div>', draft) if draft else NOTHING,
        body(found, back),
    )  # fmt: skip


def body(found: list[Part], back: bool = False) -> SafeString:
    """The parts one after the other; those that stand beside each other in one element."""
    pieces = []
    for name, group in groupby(found, key=lambda part: GROUPS.get(part.style, part.style)):
        members = list(group)
        pieces += [GROUPED[name](members, back)] if name in GROUPED else [_one(part) for part in members]
    return SafeString("".join(pieces))


def _one(part: Part) -> SafeString:
    return SINGLE.get(part.style, _paragraph)(part)


def _paragraph(part: Part) -> SafeString:
    return format_html('<{} class="{}">{}</{}>', *_around(part))


def _around(part: Part) -> tuple[str, str, str, str]:
    tag = TAGS.get(part.style, "p")
    return tag, part.style, part.text, tag


def _mark(part: Part) -> SafeString:
    size = min(MARK_SIZE, int(MARK_WIDTH / max(width_of(part.text), 1) * 10) / 10)
    return format_html('<p class="mark" style="font-size:{}pt">{}</p>', size, part.text)


def _title(part: Part) -> SafeString:
    return format_html("<h1>{}</h1>", _lines(part))


def _annex_title(part: Part) -> SafeString:
    return format_html('<h2 class="annex-title">{}</h2>', _lines(part))


def _lines(part: Part) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in title_lines(part.text)))


def _table(part: Part) -> SafeString:
    total = sum(part.widths)
    return format_html(
        '<table class="{}"><colgroup>{}</colgroup>{}{}<tbody>{}</tbody></table>',
        part.style,
        format_html_join("", '<col style="width:{}%">', ((round(each * 100 / total, 3),) for each in part.widths)),
        format_html("<caption>{}</caption>", part.text) if part.text else NOTHING,
        format_html("<thead><tr>{}</tr></thead>", _header(part)) if part.columns else NOTHING,
        format_html_join("", "<tr>{}</tr>", ((_row(part, row),) for row in part.rows)),
    )


def _header(part: Part) -> SafeString:
    return format_html_join("", '<th scope="col">{}</th>', ((name,) for name in part.columns))


def _row(part: Part, row: tuple[str, ...]) -> SafeString:
    cells = []
    for at, cell in enumerate(row):
        if at in part.labels:
            cells.append(format_html('<th scope="row">{}</th>', cell))
        else:
            cells.append(format_html("<td{}><span>{}</span></td>", FIGURE if at in part.figures else NOTHING, cell))
    return SafeString("".join(cells))


def _signed(members: list[Part], back: bool) -> SafeString:
    return format_html('<div class="signed">{}</div>', format_html_join("", "<p>{}</p>", ((p.text,) for p in members)))


def _sign(members: list[Part], back: bool) -> SafeString:
    """署名 centred over 成文日期, which ends four characters before the edge; a long name may come nearer to it."""
    widths = [width_of(part.text) for part in members]
    beyond = max(0.0, (max(widths) - widths[-1]) / 2)
    return format_html(
        '<div class="sign"><div style="margin-right:{}em">{}</div></div>',
        max(0.0, 4 - beyond),
        format_html_join("", "<p>{}</p>", ((part.text,) for part in members)),
    )


def _imprint(members: list[Part], back: bool) -> SafeString:
    copies = [part for part in members if part.style == "copies"]
    printed = [part for part in members if part.style != "copies"]
    return format_html(
        '<div class="imprint{}"><div>{}<div class="printed">{}</div></div></div>',
        " back" if back else "",
        format_html_join("", '<p class="copies">{}</p>', ((part.text,) for part in copies)),
        format_html_join("", "<p>{}</p>", ((part.text,) for part in printed)),
    )


FIGURE = SafeString(' class="figure"')
SINGLE = {
    "mark": _mark,
    "rule": lambda part: SafeString('<div class="rule"></div>'),
    "title": _title,
    "annex-title": _annex_title,
    "table": _table,
    "fields": _table,
    "signatures": _table,
}
GROUPED = {"signed": _signed, "sign": _sign, "imprint": _imprint}
