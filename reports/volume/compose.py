"""Here: a project's volume as one PDF: typesetting our pages, fitting in the files, contents, binding. Not here: packing."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.template.loader import render_to_string

from organizations import clock
from papers.binding.bind import GOTO, Mark, Piece, bind
from papers.binding.foreign import prepare
from papers.binding.typeset import typeset
from papers.content import Block, Content, Table
from papers.layout import parts as laid_out
from papers.markup import body
from projects.investment import DECLARED
from reports.volume.gather import Entry, Kept, Section, files_of

Tell = Callable[[str], None]
WIDE = 8
MOST_ROWS = 1000


def compose(project, sections: Sequence[Section], folder: Path, *, made_by: str, tell: Tell = lambda words: None) -> tuple[Path, int]:
    """Write `volume.pdf` into the folder; the path and the number of pages.

    A file that cannot be bound gets a page of its own that says why. Raises papers.pdf.NoPdf, and whatever `tell` raises.
    """
    _fit(list(files_of(sections)), folder, tell)
    pieces, rows = [], []
    for at, section in enumerate(sections):
        rows.append({"part": section.title})
        if section.entries:
            tell(f"排版:{section.title}")
            rows[-1]["page"] = len_of(pieces)
            _lay(section, folder / f"section{at}.pdf", pieces, rows)
        rows += [{"gap": gap} for gap in section.gaps]
    cover, front = folder / "cover.pdf", folder / "contents.pdf"
    typeset(_cover(project, sections, made_by), cover)
    before = 1 + _contents(rows, 0, front)
    while before != (now := 1 + _contents(rows, before, front)):
        before = now
    tell("装订")
    pieces = [Piece(cover, 0, 1), Piece(front, 0, before - 1), *pieces]
    target = folder / "volume.pdf"
    title = f"{project.number} {project.name} 档案"
    total = bind(pieces, _marks(rows, before), target, title=title, stamps=folder / "stamps.pdf")
    return target, total


def _fit(files: Sequence[Kept], folder: Path, tell: Tell) -> None:
    """Make every PDF and picture fit to be bound, or note why not."""
    wanted = [kept for kept in files if not kept.trouble]
    jobs = [(Path(kept.attachment.file.path), folder / f"{kept.mark}.pdf", kept.attachment.content_type) for kept in wanted]
    done = prepare(jobs, tell=lambda count: tell(f"检查上传文件 {count} / {len(wanted)}"))
    for kept, (_, target, _), prepared in zip(wanted, jobs, done, strict=True):
        kept.pages, kept.trouble, kept.ready = prepared.pages, prepared.trouble, target


def _part(section: Section) -> str:
    return render_to_string(
        "reports/volume/part.html", {"part": section.title, "leaves": [_shown(entry) for entry in section.entries]}
    )


def _shown(entry: Entry) -> dict:
    leaf = entry.leaf
    blocks = [_bounded(block) for block in leaf.blocks]
    content = Content(title=leaf.title, blocks=blocks, red=False)
    return {
        "mark": entry.mark,
        "own": bool(blocks),
        "number": entry.number,
        "title": leaf.title,
        "on": leaf.on,
        "by": leaf.by,
        "clause": leaf.clause,
        "body": body(laid_out(content)[1:]),
        "wide": any(isinstance(block, Table) and len(block.columns) >= WIDE for block in leaf.blocks),
        "files": [_file(kept) for kept in entry.files],
    }


def _bounded(block: Block) -> Block:
    """A table of thousands of lines ends where nobody reads on; the rest is in the package."""
    if not isinstance(block, Table) or len(block.rows) <= MOST_ROWS:
        return block
    note = (f"以下 {len(block.rows) - MOST_ROWS} 行见档案包 records.json", *[""] * (len(block.columns) - 1))
    return Table(block.columns, (*block.rows[:MOST_ROWS], note), caption=block.caption, widths=block.widths)


def _file(kept: Kept) -> dict:
    attachment = kept.attachment
    uploaded = attachment.uploaded_at.astimezone(clock.ZONE)
    return {
        "mark": kept.mark, "title": kept.title, "name": attachment.name, "kind": kept.kind, "size": f"{attachment.size:,}",
        "sha256": attachment.sha256, "path": kept.path, "pages": kept.pages, "trouble": kept.trouble, "lost": kept.lost,
        "again": kept.again, "uploaded": f"{attachment.uploaded_by.display_name} {uploaded:%Y-%m-%d %H:%M}",
    }  # fmt: skip


def _lay(section: Section, pages: Path, pieces: list[Piece], rows: list[dict]) -> None:
    """Typeset one section, put its pages and the files behind its entries in order, and note where each begins."""
    count, places = typeset(_part(section), pages)
    begins = sorted({*places.values(), count})

    def own(mark: str) -> Piece:
        first = places[mark]
        return Piece(pages, first, begins[begins.index(first) + 1] - first)

    for entry in section.entries:
        leaf = entry.leaf
        rows.append(
            {"number": entry.number, "title": leaf.title, "on": leaf.on, "by": leaf.by, "page": len_of(pieces)}
        )
        if leaf.blocks:
            pieces.append(own(entry.mark))
        for kept in entry.files:
            if not kept.again:
                if leaf.blocks or kept.trouble:
                    rows.append({"file": True, "title": kept.title, "trouble": kept.trouble, "page": len_of(pieces)})
                pieces.append(own(kept.mark) if kept.trouble else Piece(kept.ready, 0, kept.pages))


def len_of(pieces: Sequence[Piece]) -> int:
    """How many pages come before what is laid next."""
    return sum(piece.count for piece in pieces)


def _contents(rows: list[dict], before: int, target: Path) -> int:
    """Typeset the contents for a volume in which so many pages come before the first section; its pages."""
    shown = [row | ({"page": row["page"] + before + 1} if "page" in row else {}) for row in rows]
    missing = sum(1 for row in rows if "gap" in row and row["gap"].missing)
    html = render_to_string("reports/volume/contents.html", {"rows": shown, "missing": missing, "goto": GOTO})
    return typeset(html, target)[0]


def _cover(project, sections: Sequence[Section], made_by: str) -> str:
    passages = list(project.passages.order_by("number").values_list("on", "hash"))
    missing = sum(1 for section in sections for gap in section.gaps if gap.missing)
    span = f"{passages[0][0]} 至 {passages[-1][0]}" if passages else "尚未提交"
    amount = "未填报" if project.investment is None else f"{project.investment:,.2f} 元"
    source = project.investment_source or DECLARED
    facts = [
        ("项目编号", project.number),
        ("建设单位", project.department.name),
        ("建设性质", f"{project.kind},{project.origin}"),
        ("投资额", f"{amount}({source})"),
        ("适用文件", f"{project.pack.doc_no} {project.pack.title}"),
        ("现在状态", project.get_state_display()),
        ("起止日期", span),
        ("办理台账", f"{len(passages)} 步,末页哈希 {passages[-1][1][:16]}…" if passages else "无"),
        ("缺件", f"{missing} 件,见目录" if missing else "无"),
        ("成册", f"{clock.now():%Y-%m-%d %H:%M} {made_by}"),
    ]
    return render_to_string("reports/volume/cover.html", {"project": project, "facts": facts})


def _marks(rows: list[dict], before: int) -> Iterator[Mark]:
    """Bookmarks: sections, their entries, the files behind those."""
    section: Mark | None = None
    found: list[Mark] = [Mark("封面", 0), Mark("目录", 1)]
    for row in rows:
        if "page" not in row:
            continue
        mark = Mark(row.get("part") or row["title"], row["page"] + before)
        if "part" in row:
            section = mark
            found.append(mark)
        elif "file" in row:
            section.under[-1].under.append(mark)
        else:
            section.under.append(mark)
    return iter(found)

