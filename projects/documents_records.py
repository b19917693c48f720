"""Here: a letter made of a declared record, which any pack may issue. Not here: papers with words of their own (documents.py)."""

from papers.content import Block, Content, Fields, Heading, Para, Table
from papers.registry import PAPERS, PaperKind
from papers.wording import money
from policies.record_kinds import FieldSpec, record_kinds
from projects.declared import in_words, shown_tables
from projects.models import DeclaredRecord
from projects.official import called, invested, letter, referred, said, under

# what a letter that is called so does, and its last words
ENDINGS = {
    "通知": ("通知", "特此通知。"), "批复": ("批复", "此复。"), "答复": ("答复", "此复。"), "函": ("函告", "特此函达。"),
    "意见": ("告知", ""), "决定": ("作出决定", ""), "通报": ("通报", ""),
}  # fmt: skip
IN_FULL = ("long_text",)
APART = ("lines", "file")


class RecordLetter:
    """What was recorded, told to the unit: short values in a form, long ones in full, rows in a table."""

    def __init__(self, name: str) -> None:
        self.name = name

    def content(self, record: DeclaredRecord) -> Content:
        """From the record and its project."""
        project = record.project
        label = called(project.pack, self.name)
        ending = next((each for each in ENDINGS if label.endswith(each)), "")
        about, ending = label.removesuffix(ending), ending or "通知"
        does, last = ENDINGS[ending]
        return letter(
            project,
            f"关于{{}}{about}的{ending}",
            Para(
                f"你单位的{referred(project)}，建设性质为{project.kind}，{invested(project)}。{under(project.pack, self.name)}，"
                f"现就{about or '有关情况'}{does}如下："
            ),
            *self.told(record),
            *([Para(last)] if last else []),
            on=record.recorded_on,
        )

    def told(self, record: DeclaredRecord) -> list[Block]:
        """The fields that were filled in; files stay with the record."""
        filled = [(spec, record.value(spec)) for spec in record.kind.fields]
        filled = [(spec, value) for spec, value in filled if value not in (None, "", [], False)]
        short = [(spec.label.removesuffix("(元)"), as_told(spec, value)) for spec, value in filled if spec.type not in IN_FULL + APART]
        blocks: list[Block] = [Fields(short)] if short else []
        for spec, value in filled:
            if spec.type in IN_FULL:
                blocks += [Heading(spec.label), *said(value)]
        rows = (table for table in shown_tables(record) if table["rows"])
        return blocks + [Table(each["columns"], each["rows"], caption=each["name"]) for each in rows]


def as_told(spec: FieldSpec, value) -> object:
    """A value as papers write it."""
    if spec.type == "money":
        return money(value)
    return value if spec.type in ("date", "flag") else in_words(spec, value)


def register_all() -> None:
    """Every declared kind of evidence can be told in a letter, under its own name."""
    for kind in record_kinds().values():
        PAPERS.setdefault(kind.name, PaperKind(kind.name, kind.label, kind.stage, "centre", kind.name, RecordLetter(kind.name)))
