"""Here: everything that belongs into a volume, in its order: sections, entries, files, gaps. Not here: typesetting, packing."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePath

from papers.files import CONTENT_TYPES, ensure, filename
from papers.models import Paper, PaperFile
from projects.completeness import AHEAD, Gap, gaps
from projects.models import Attachment
from projects.volume import Leaf, parts

FORBIDDEN = set('<>:"/\\|?*')
LONGEST_NAME = 80
CHUNK = 1 << 20
MERGED = ("application/pdf", "image/jpeg", "image/png")
LOST = "文件已不在文件库中"
CHANGED = "文件内容与上传时登记的哈希不符"
NOT_MERGED = "此格式不并入卷内"
LEFT_OVER = "其他文件"


@dataclass(frozen=True)
class PaperAsFile:
    """A form of an issued paper under the names that an attachment has; it is drawn when its content is asked for."""

    paper: Paper
    form: str

    @property
    def pk(self) -> str:
        """Apart from the keys of attachments."""
        return f"paper{self.paper.pk}{self.form}"

    @property
    def name(self) -> str:
        """What it is called when it is downloaded."""
        return filename(self.paper, self.form)

    @property
    def content_type(self) -> str:
        """Of its form."""
        return CONTENT_TYPES[self.form]

    @property
    def uploaded_by(self):
        """Who issued it."""
        return self.paper.issued_by

    @cached_property
    def kept(self) -> PaperFile:
        """The file itself. Raises NoPdf."""
        return ensure(self.paper, self.form)

    def __getattr__(self, name: str):
        names = {"uploaded_at": "made_at", "file": "file", "size": "size", "sha256": "sha256"}
        if name not in names:
            raise AttributeError(name)
        return getattr(self.kept, names[name])


@dataclass
class Kept:
    """A file of the volume. `trouble` says why it is not among the pages; `again` that an earlier entry brought it in."""

    attachment: Attachment | PaperAsFile
    title: str
    path: str
    trouble: str = ""
    lost: bool = False
    again: bool = False
    pages: int = 0
    ready: Path | None = None

    @property
    def mark(self) -> str:
        """The name of its page of its own, where it has one."""
        return f"file{self.attachment.pk}"

    @property
    def kind(self) -> str:
        """PDF, DOCX …"""
        return PurePath(self.attachment.name).suffix[1:].upper() or self.attachment.content_type


@dataclass
class Entry:
    """A leaf with its number in the contents and its files."""

    number: int
    leaf: Leaf
    files: list[Kept] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """The name of its first page."""
        return f"leaf{self.number}"


@dataclass
class Section:
    """A stage of the instrument, or a part of its own."""

    title: str
    entries: list[Entry] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


def gather(project, *, check: bool = True) -> list[Section]:
    """Sections with entries or gaps: the stages in the order of the instrument, other stages, then the other parts.

    Without `check` no file is opened: enough to say what a volume will contain.
    """
    stages = [stage["name"] for stage in project.pack.stages]
    found: dict[str, Section] = {name: Section(name) for name in stages}
    late: dict[str, Section] = {}
    for part in parts():
        for leaf in part.leaves(project):
            home = found if leaf.stage else late
            name = leaf.stage or part.title or leaf.title
            home.setdefault(name, Section(name)).entries.append(Entry(0, leaf))
    for gap in gaps(project):
        if gap.status != AHEAD or not check:
            found.setdefault(gap.stage or "其他", Section(gap.stage or "其他")).gaps.append(gap)
    sections = [each for each in (*found.values(), *late.values()) if each.entries or each.gaps]
    _number(sections, check)
    return sections


def _number(sections: list[Section], check: bool) -> None:
    """Number entries and files through, and see which files are still what was uploaded."""
    entries, seen = 0, {}
    for place, section in enumerate(sections, start=1):
        for entry in section.entries:
            entries += 1
            entry.number = entries
            for title, attachment in entry.leaf.files:
                again = attachment.pk in seen
                kept = seen.get(attachment.pk)
                if kept is None:
                    kept = _kept(attachment, title, (place, section.title), len(seen) + 1, check)
                entry.files.append(kept if not again else _repeated(kept, title))
                seen[attachment.pk] = kept


def _repeated(kept: Kept, title: str) -> Kept:
    return Kept(kept.attachment, title, kept.path, kept.trouble, kept.lost, again=True)


def _kept(
    attachment: Attachment | PaperAsFile, title: str, section: tuple[int, str], number: int, check: bool = True
) -> Kept:
    folder = "papers" if isinstance(attachment, PaperAsFile) else f"originals/{section[0]:02d}-{safe(section[1])}"
    kept = Kept(attachment, title, f"{folder}/{number:03d}-{safe(attachment.name)}")
    try:
        if attachment.content_type not in MERGED:
            kept.trouble = NOT_MERGED
        if check and digest_of(attachment) != attachment.sha256:
            kept.trouble = CHANGED
    except OSError:
        kept.trouble, kept.lost = LOST, True
    return kept


def left_over(project, sections: Iterable[Section]) -> list[Kept]:
    """Files that no entry shows: earlier versions, what belongs to voided records, papers as Word. They are packed only."""
    shown = {kept.attachment.pk for kept in files_of(sections)}
    papers = project.papers.select_related("issued_by").order_by("pk")
    rows = [*project.attachments.order_by("pk"), *(PaperAsFile(paper, PaperFile.DOCX) for paper in papers)]
    begin = len(shown) + 1
    return [
        _kept(row, LEFT_OVER, (99, LEFT_OVER), at)
        for at, row in enumerate((row for row in rows if row.pk not in shown), start=begin)
    ]


def files_of(sections: Iterable[Section]) -> Iterator[Kept]:
    """Every file once."""
    for section in sections:
        for entry in section.entries:
            yield from (kept for kept in entry.files if not kept.again)


def digest_of(attachment: Attachment) -> str:
    """The SHA-256 of the stored file as it is now. Raises OSError where it cannot be read."""
    digest = hashlib.sha256()
    with attachment.file.storage.open(attachment.file.name) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def safe(name: str) -> str:
    """A file name that every system can unpack."""
    clean = "".join("_" if each in FORBIDDEN or not each.isprintable() else each for each in name).strip(". ")
    suffix = PurePath(clean).suffix
    return clean if len(clean) <= LONGEST_NAME else clean[: LONGEST_NAME - len(suffix)] + suffix
