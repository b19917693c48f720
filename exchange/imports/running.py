"""Here: checking an import as if it were written, and writing it once. Not here: reading the file, the pages.

The check writes everything inside a transaction and takes it back, so that it says what confirming would do.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from exchange.imports.reading import Row, Table
from exchange.imports.registry import Field, Import, find
from exchange.models import ImportRun
from jobs.start import start
from organizations import audit

CHECK, WRITE = "exchange.check", "exchange.write"
ROW = "整行"
SAID = 200
FORGOTTEN = timedelta(days=7)  # after which what was checked and never written goes


@dataclass
class Outcome:
    """What an import comes to: errors by cell, and what each good row is, in words."""

    errors: list[dict] = field(default_factory=list)
    said: list[dict] = field(default_factory=list)

    def wrong(self, row: Row, column: str, words: str) -> None:
        """Note an error of a cell: 第 17 行 概算金额:…"""
        self.errors.append({"row": row.number, "column": column, "words": words})

    def right(self, row: Row, words: str) -> None:
        """Note what a row is."""
        self.said.append({"row": row.number, "words": words[:SAID]})


@transaction.atomic
def begin(kind: Import, table: Table, *, actor, filename: str, mode: str, project=None) -> ImportRun:
    """Keep the table and check it, a long one in the background."""
    forgotten = ImportRun.objects.filter(actor=actor, status=ImportRun.CHECKED)
    forgotten.filter(uploaded_at__lt=timezone.now() - FORGOTTEN).delete()
    run = ImportRun.objects.create(
        kind=kind.name, actor=actor, project=project, filename=filename[:200], sha256=table.sha256, mode=mode,
        headers=table.headers, rows=[[row.number, row.cells] for row in table.rows],
    )  # fmt: skip
    if not run.long:
        return check(run.pk)
    start(
        CHECK,
        actor=actor,
        key=f"{CHECK}:{run.pk}",
        title=f"检查{kind.label} {filename}",
        project=project,
        run=str(run.pk),
    )
    return run


@transaction.atomic
def check(pk) -> ImportRun:
    """Say of an import that was kept what writing it would do."""
    run = ImportRun.objects.select_for_update().get(pk=pk)
    if run.status == ImportRun.CHECKING:
        mark = transaction.savepoint()
        outcome = attempt(find(run.kind), run, run.actor)
        transaction.savepoint_rollback(mark)
        run.errors, run.said, run.status = outcome.errors, outcome.said, ImportRun.CHECKED
        run.save(update_fields=["errors", "said", "status"])
        _on_record(run, "import.check")
    return run


@transaction.atomic
def confirm(pk, *, actor) -> ImportRun:
    """Write a checked import, a long one in the background; whoever comes second finds it being written."""
    run = ImportRun.objects.select_for_update().get(pk=pk, actor=actor)
    if not run.may_write:
        return run
    run.status = ImportRun.WRITING
    run.save(update_fields=["status"])
    if not run.long:
        return write(run.pk)
    title = f"导入{find(run.kind).label} {run.filename}"
    start(WRITE, actor=actor, title=title, project=run.project, run=str(run.pk))
    return run


@transaction.atomic
def write(pk) -> ImportRun:
    """Write a confirmed import, once: a second call finds it written. In mode ALL an error leaves everything as it was."""
    run = ImportRun.objects.select_for_update().get(pk=pk)
    kind = find(run.kind)
    if run.status != ImportRun.WRITING:
        return run
    mark = transaction.savepoint()
    may = kind.may(run.actor, run.project)
    outcome = attempt(kind, run, run.actor) if may else Outcome(run.errors, run.said)
    run.errors, run.said, run.status = outcome.errors, outcome.said, ImportRun.CHECKED
    if may and run.may_write:
        run.status, run.written_at = ImportRun.WRITTEN, timezone.now()
        _on_record(run, "import.write")
    else:
        transaction.savepoint_rollback(mark)
    run.save(update_fields=["errors", "said", "status", "written_at"])
    return run


def _on_record(run: ImportRun, action: str) -> None:
    audit.record(
        run.actor, action, target=f"{find(run.kind).label} {run.filename}", project_id=run.project_id, run=str(run.pk),
        rows=len(run.rows), wrong=run.wrong, sha256=run.sha256,
    )  # fmt: skip


def attempt(kind: Import, run: ImportRun, actor) -> Outcome:
    """Check and write row by row in this transaction, so that later rows meet earlier ones."""
    outcome, forms = Outcome(), []
    fields = {each.label: each for each in kind.fields(actor, run.project)}
    for row in (Row(number, cells) for number, cells in run.rows):
        form = _checked(kind, fields, row, run, actor, outcome)
        if form is None:
            continue
        if kind.together:
            forms.append((row, form))
        else:
            _saved(kind, [(row, form)], run, actor, outcome)
    if forms:
        _saved(kind, forms, run, actor, outcome)
    return outcome


def _saved(kind: Import, forms: list[tuple[Row, object]], run: ImportRun, actor, outcome: Outcome) -> None:
    try:
        with transaction.atomic():
            said = kind.save([form for _, form in forms], actor, run.project)
    except ValidationError as error:
        for row, _ in forms:
            outcome.wrong(row, ROW, " ".join(error.messages))
        return
    for (row, _), words in zip(forms, said, strict=True):
        outcome.right(row, words)


def _checked(kind: Import, fields: dict[str, Field], row: Row, run: ImportRun, actor, outcome: Outcome):
    """The valid form of a row, or None and its errors noted."""
    data, before = {}, len(outcome.errors)
    for label, column in fields.items():
        try:
            data[column.name] = column.read(row.cells.get(label, ""))
        except ValidationError as error:
            outcome.wrong(row, label, " ".join(error.messages))
    form = kind.check(data, actor, run.project)
    labels = {column.name: label for label, column in fields.items()}
    seen = {error["column"] for error in outcome.errors[before:]}
    for name, messages in form.errors.items():
        label = labels.get(name, ROW)
        if label not in seen:
            outcome.wrong(row, label, " ".join(str(message) for message in messages))
    order = [*fields, ROW]
    outcome.errors[before:] = sorted(outcome.errors[before:], key=lambda error: order.index(error["column"]))
    return form if len(outcome.errors) == before else None
