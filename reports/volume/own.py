"""Here: the parts of a volume that come from the project itself: filing, materials, evidence, exceptions, ledger.

Not here: what rooms add (their volume.py), what is missing (projects.completeness), typesetting.
"""

from collections.abc import Iterator, Sequence

from organizations import clock
from papers.content import Fields, Items, Table
from papers.models import PaperFile
from papers.registry import PAPERS
from projects.evidence import EVIDENCE, type_of
from projects.materials import checklist
from projects.models import Attachment, DeclaredRecord, Material
from projects.models.record import StageRecord
from projects.papers import groundless
from projects.permissions import offices_in_words
from projects.presentation import records_on_file
from projects.states import State
from projects.transitions import label_of
from projects.volume import Leaf, part
from reports.volume.gather import PaperAsFile

FORMS = ("filing_form", "estimate_table")
FILING_STAGE = "申报"
NARROWEST, WIDEST, PER_CELL = 4, 24, 2


@part("filing", order=0)
def filing(project) -> Iterator[Leaf]:
    """项目预审申报表 and 项目概算表 as they stand."""
    for name in FORMS:
        kind = PAPERS[name]
        content = kind.writer.content(project)
        yield Leaf(kind.label, content.blocks, on=project.filed_on, by=project.department.name, stage=FILING_STAGE)


@part("materials", order=5)
def materials(project) -> Iterator[Leaf]:
    """The documents handed in, stage by stage: a list of slots with their answers, then the newest files."""
    by_stage: dict[str, list[dict]] = {}
    for each in checklist(project):
        by_stage.setdefault(each["slot"].stage or FILING_STAGE, []).append(each)
    versions: dict[str, list[Material]] = {}
    for material in project.materials.select_related("attachment", "recorded_by").order_by("version"):
        versions.setdefault(material.code, []).append(material)
    for stage, slots in by_stage.items():
        rows = [row for each in slots for row in _slot_rows(project, each["slot"], versions.get(each["slot"].code, ()))]
        files = [(each["slot"].name, each["material"].attachment) for each in slots if _file_of(each["material"])]
        if rows:
            columns = ("材料", "条款", "版本", "状态", "文件", "提交", "说明")
            table = Table(columns, rows, widths=(20, 13, 8, 9, 21, 20, 10))
            yield Leaf(f"{stage}材料清单", [table], by=project.department.name, stage=stage, files=files)


def _file_of(material: Material | None) -> Attachment | None:
    return material.attachment if material else None


def _slot_rows(project, slot, found: Sequence[Material]) -> list[list]:
    clause = project.pack.rule(slot.rule).clause
    return [
        [
            slot.name,
            clause,
            f"第{each.version}版",
            each.status,
            each.attachment.name if each.attachment else "—",
            f"{each.recorded_by.display_name} {_day(each.recorded_at)}",
            each.note or "—",
        ]
        for each in found
    ]


@part("records", order=10)
def records(project) -> Iterator[Leaf]:
    """Every valid record of evidence as a readable page, in the order in which it was put on file."""
    found = [(group["kind"], each) for group in records_on_file(project) for each in group["rows"]]
    for kind, each in sorted(found, key=lambda pair: pair[1]["row"].recorded_at):
        row = each["row"]
        spec = project.pack.records.get(kind.name)
        rule = project.pack.by_id.get(spec.rule) if spec else None
        yield Leaf(
            kind.called(project),
            [Fields([(field["label"], field["value"]) for field in each["fields"]]), *map(table, each["tables"])],
            on=row.recorded_on,
            by=f"{offices_in_words(project, [row.recorded_role])} {row.recorded_by.display_name}",
            stage=kind.stage,
            clause=rule.clause if rule else "",
            files=[*_files(each["fields"]), *_files_of_lines(row)],
        )


def _files(fields: list[dict]) -> list[tuple[str, Attachment]]:
    return [(field["label"], field["attachment"]) for field in fields if field["attachment"]]


def _files_of_lines(row: StageRecord) -> Iterator[tuple[str, Attachment]]:
    """The files that lines of a record's tables hold."""
    if isinstance(row, DeclaredRecord):
        for spec in row.kind.fields:
            for line in row.value(spec) if spec.type == "lines" else ():
                yield from ((f"{spec.label}附件", value) for value in line.values() if isinstance(value, Attachment))
        return
    for relation in row._meta.related_objects:
        if relation.field.name == "record":
            model = relation.related_model
            names = [each.name for each in model._meta.concrete_fields if each.related_model is Attachment]
            for line in getattr(row, relation.get_accessor_name()).all() if names else ():
                found = ((model._meta.verbose_name, getattr(line, name)) for name in names)
                yield from ((f"{label}附件", attachment) for label, attachment in found if attachment)


def table(shown: dict) -> Table:
    """The lines of a record, columns as wide as what stands in them."""
    widths = [
        min(max(NARROWEST, len(column), *(len(str(row[at])) // PER_CELL for row in shown["rows"])), WIDEST)
        if shown["rows"]
        else NARROWEST
        for at, column in enumerate(shown["columns"])
    ]
    return Table(shown["columns"], shown["rows"], caption=shown["name"], widths=widths)


@part("papers", order=15)
def papers(project) -> Iterator[Leaf]:
    """Every official paper of the project as it was issued, replaced ones too; a form that cannot be drawn is a fault."""
    found = list(project.papers.select_related("issuer", "issued_by", "replaced_by").order_by("pk"))
    voided = groundless(found)
    for each in found:
        newer = getattr(each, "replaced_by", None)
        notes = [f"已由{newer.number or '新的'}代替"] if newer else []
        notes += ["依据已作废"] if each.pk in voided else []
        notes += [] if each.intact else ["内容与出具时的哈希不符"]
        title = f"{each.label} {each.number}".strip() + (f"({','.join(notes)})" if notes else "")
        stage = PAPERS[each.kind].stage if each.kind in PAPERS else ""
        kept = PaperAsFile(each, PaperFile.PDF)
        yield Leaf(title, [], on=each.issued_on, by=each.issuer.name, stage=stage or FILING_STAGE, files=[(title, kept)])


@part("waivers", title="例外", order=20)
def waivers(project) -> Iterator[Leaf]:
    """例外台账 of the project: what was asked for, why, and what became of it."""
    for each in project.waivers.select_related("requested_by", "decided_by", "document").order_by("pk"):
        rule = project.pack.by_id.get(each.rule)
        pairs = [
            ("条款", f"{rule.clause if rule else ''} {each.rule}".strip()),
            ("要求", rule.says if rule else None),
            ("理由", each.reason),
            ("依据", each.basis),
            ("申请", f"{each.requested_by.display_name} {each.requested_on}"),
            ("决定", each.decision),
            ("决定人", f"{each.decided_by.display_name} {each.decided_on}" if each.decided_by else None),
            ("意见", each.decision_note or None),
        ]
        files = [("依据文件", each.document)] if each.document else []
        yield Leaf(f"例外申请:{each.rule}", [Fields(pairs)], on=each.requested_on, files=files)


@part("voided", title="作废的登记", order=40)
def voided(project) -> Iterator[Leaf]:
    """What was recorded and taken back, with the reason: one list."""
    rows = []
    for model in {kind.model for kind in EVIDENCE.values() if issubclass(kind.model, StageRecord)}:
        gone = model.objects.filter(project=project).exclude(voided_at=None).select_related("recorded_by")
        rows += [
            [type_of(row).label, str(row.recorded_on), row.recorded_by.display_name, _day(row.voided_at), row.void_reason]
            for row in gone
        ]
    if rows:
        yield Leaf("作废的登记", [Table(("登记", "登记日期", "登记人", "作废日期", "原因"), sorted(rows), widths=(16, 12, 12, 12, 30))])


@part("ledger", title="办理台账", order=50)
def ledger(project) -> Iterator[Leaf]:
    """The passages in words, then the chain of their hashes."""
    passages = list(project.passages.order_by("number"))
    if not passages:
        return
    rows = [
        [
            each.number,
            str(each.on),
            label_of(project, each.move),
            f"{State(each.source).label} → {State(each.target).label}",
            f"{each.acting_for} {each.actor_name}",
            _findings(each),
            each.note or "—",
        ]
        for each in passages
    ]
    columns = ("序号", "日期", "事项", "状态变化", "办理", "结论", "说明")
    yield Leaf("办理台账摘录", [Table(columns, rows, widths=(5, 13, 18, 18, 18, 12, 16))], on=passages[-1].on)
    chain = [[each.number, each.pack_digest[:16], each.algorithm, each.hash] for each in passages]
    explained = [
        "每一步的哈希封存该步的全部内容(含当时的事实、逐条结论、文件版本)和前一步的哈希,任何一步被改,以后各步都对不上。",
        "完整台账在档案包的 ledger.json,用 verify_archive.py 可以离线重新推导。",
    ]
    yield Leaf("台账哈希链", [Items(explained), Table(("序号", "文件版本", "算法", "哈希"), chain, widths=(5, 16, 7, 72))])


def _day(moment) -> str:
    return f"{moment.astimezone(clock.ZONE):%Y-%m-%d}"


def _findings(passage) -> str:
    outcomes = [verdict["outcome"] for verdict in passage.verdicts]
    counted = (("符合", "allows"), ("提示", "flags"), ("例外", "waived"))
    return "、".join(f"{label}{outcomes.count(name)}" for label, name in counted if name in outcomes) or "—"
