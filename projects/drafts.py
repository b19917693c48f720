"""Here: saving a section of a draft so that nothing typed is lost. Not here: which sections (workspace.py), pages.

What the filing can take goes through `record`; what it cannot read yet is kept as typed and shown with its error. A save
that is older than what the same page has sent already changes nothing; a page that missed somebody else's save is told.
"""

import json
from copy import copy
from dataclasses import dataclass, field

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from organizations import audit, clock
from policies.digest import chain_digest, default_algorithm
from projects import events
from projects.errors import Closed, Forbidden, ProjectError, Stale
from projects.evidence import EVIDENCE, record
from projects.fields import LinesField
from projects.forms import FilingForm
from projects.models import FilingDraft, Project
from projects.permissions import may_record, offices_in_words
from projects.scope import locked_project
from projects.transitions import perform
from projects.versions import content_of
from projects.workspace import FILING, MOVE, Section

Raw = dict[str, list]


class Overtaken(ProjectError):
    """Somebody else saved this section since the page was opened; nothing was overwritten."""

    code = "overtaken"
    title = "这一部分刚刚被改过"


@dataclass(frozen=True)
class Stamp:
    """Which open page sends, when it was last typed in (ms of its clock), and which save it was filled from."""

    tab: str = ""
    typed_at: int = 0
    seen: int = 0

    @classmethod
    def of(cls, data) -> "Stamp":
        """Read from a posted form; a page without JavaScript sends no tab."""

        def number(name: str) -> int:
            text = data.get(name, "")
            return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0

        return cls(data.get("tab", "")[:40], number("typed_at"), number("seen"))


@dataclass
class Saved:
    """What a save led to: errors by name of the input, the section's note, whether it came too late to matter."""

    errors: dict[str, list[str]] = field(default_factory=dict)
    note: dict = field(default_factory=dict)
    dropped: bool = False


def typed_of(project) -> FilingDraft:
    """What is typed but not read yet; a blank one where there is none."""
    return FilingDraft.objects.filter(project=project).first() or FilingDraft(project=project)


def unfinished(user, numbers: list[str]) -> set[str]:
    """Which of these projects have a filing that this person's unit is still writing."""
    mine = Project.objects.filter(number__in=numbers, department_id=user.organization_id or 0)
    return set(mine.filter(state__in=EVIDENCE[FILING].open_in).values_list("number", flat=True))


def save_section(project_id: int, section: Section, data: QueryDict, *, actor, stamp: Stamp) -> Saved:
    """Save what a page sent of one section. Raises Project.DoesNotExist, Forbidden, Overtaken, and Closed.

    After filing nothing is changed any more; what was typed is kept aside for the case that the filing comes back.
    """
    raw = raw_values(section, data)
    try:
        with transaction.atomic():
            return _save(project_id, section, raw, data, actor, stamp)
    except Closed:
        _keep_aside(project_id, raw, actor)
        raise


def _save(project_id: int, section: Section, raw: Raw, data: QueryDict, actor, stamp: Stamp) -> Saved:
    project = _open_project(project_id, actor)
    draft, _ = FilingDraft.objects.get_or_create(project=project)
    note = draft.sections.get(section.code, {"rev": 0, "tab": "", "typed_at": 0})
    same_page = bool(stamp.tab) and stamp.tab == note["tab"]
    if same_page and stamp.typed_at < note["typed_at"]:
        return Saved(note=note, dropped=True)
    if not same_page and stamp.seen < note["rev"]:
        raise Overtaken(f"{note['by']} {note['at'][11:16]} 保存过“{section.label}”,您的内容没有覆盖它。", note=note)
    form = bound(project, actor, raw)
    good = [name for name in raw if name not in form.errors]
    changed = {name: raw[name] for name in good if _differs(project, form, name)}
    if changed:
        record(project.pk, FILING, as_data(changed), actor=actor, strict=False)
    draft.typed = {name: text for name, text in draft.typed.items() if name not in raw}
    draft.typed |= {name: raw[name] for name in raw if name not in good}
    draft.sections[section.code] = _note(note, stamp, actor)
    draft.save()
    return Saved(_errors(form, raw, data), draft.sections[section.code])


def _open_project(project_id: int, actor):
    """The locked project if this person may write its filing now."""
    project, kind = locked_project(actor, project_id), EVIDENCE[FILING]
    if not may_record(actor, project, kind):
        raise Forbidden(f"“{kind.label}”由{offices_in_words(project, ('applicant',))}填写。", roles=["applicant"])
    if not kind.is_open(project):
        raise Closed("项目已经提交,申报内容不能再改;刚才输入的内容已另行保留,退回或撤回修改后可以接着用。")
    return project


def _note(before: dict, stamp: Stamp, actor) -> dict:
    at = timezone.localtime(clock.now()).isoformat(timespec="seconds")
    return {
        "rev": before["rev"] + 1, "tab": stamp.tab, "typed_at": stamp.typed_at, "at": at, "by": actor.display_name,
    }  # fmt: skip


def _keep_aside(project_id: int, raw: Raw, actor) -> None:
    """Keep what came after the filing, where it says something else than what was filed."""
    with transaction.atomic():
        project = locked_project(actor, project_id)
        late = differing(project, actor, raw)
        if late and may_record(actor, project, EVIDENCE[FILING]):
            draft, _ = FilingDraft.objects.get_or_create(project=project)
            draft.typed |= late
            draft.save()
            audit.record(actor, "filing.kept_aside", target=", ".join(sorted(late)), project_id=project.pk)


def raw_values(section: Section, data: QueryDict) -> Raw:
    """What was sent for the fields of a section. A box left unticked counts only where the page says it is whole."""
    whole, found = data.get("section") == section.code, {}
    for name in section.fields:
        kind = FilingForm.base_fields[name]
        if isinstance(kind, LinesField):
            rows = kind.widget.value_from_datadict(data, {}, name)
            if rows is not None:
                found[name] = rows if isinstance(rows, list) else [rows]
        elif name in data or (whole and isinstance(kind, forms.MultipleChoiceField)):
            found[name] = [each.replace("\x00", "") for each in data.getlist(name)]
    return found


def as_data(raw: Raw) -> QueryDict:
    """Typed values as a form reads them."""
    data = QueryDict(mutable=True)
    for name, values in raw.items():
        table = isinstance(FilingForm.base_fields[name], LinesField)
        data.setlist(name, [json.dumps(values, ensure_ascii=False)] if table else values)
    return data


def bound(project, actor, raw: Raw) -> FilingForm:
    """The filing's form with these typed values, checked, on a copy of the project."""
    form = FilingForm(data=as_data(raw), project=project, actor=actor, instance=copy(project))
    if raw:
        form.is_valid()
    return form


def differing(project, actor, raw: Raw) -> Raw:
    """The typed values that say something else than what is on file, or cannot be read."""
    form = bound(project, actor, raw)
    return {name: raw[name] for name in raw if name in form.errors or _differs(project, form, name)}


def _differs(project, form: FilingForm, name: str) -> bool:
    value = form.cleaned_data[name]
    if name not in form.line_models:
        return value != getattr(project, name)
    model, owner = form.line_models[name]
    columns = list(form.fields[name].row_form.base_fields)
    held = list(model.objects.filter(**{owner: project}).values(*columns))
    return held != [{column: row[column] for column in columns} for row in value]


def _errors(form: FilingForm, raw: Raw, data: QueryDict) -> dict[str, list[str]]:
    """Messages by the name of the input they belong to: `declared_total`, `estimate-2-amount`."""
    found: dict[str, list[str]] = {}
    for name in (name for name in raw if name in form.errors):
        column = form.fields[name]
        cells = _cells(name, column, raw[name], data) if isinstance(column, LinesField) else {}
        found |= cells or {name: [str(each) for each in form.errors[name]]}
    return found


def _cells(name: str, column: LinesField, rows: list, data: QueryDict) -> dict[str, list[str]]:
    places = [int(key.split("-")[1]) for key in data if key.startswith(f"{name}-") and key.split("-")[1].isdigit()]
    columns = list(column.row_form.base_fields)
    filled = [at for at in sorted(set(places)) if any(data.get(f"{name}-{at}-{each}", "").strip() for each in columns)]
    found = {}
    for at, row in zip(filled, rows, strict=False):
        for key, messages in column.row_form(data=row).errors.items():
            found[f"{name}-{at}-{key}"] = [str(each) for each in messages]
    return found


def reviewed(project) -> str:
    """A mark of the content as a person has seen it; it changes with every change."""
    content = [content_of(Project.objects.get(pk=project.pk)), typed_of(project).typed]
    return chain_digest(default_algorithm(), json.dumps(content, ensure_ascii=False, sort_keys=True))


@transaction.atomic
def hand_in(project_id: int, *, actor, seen: str, mark: str, note: str = ""):
    """File exactly what was reviewed. Raises Stale where something was typed since or is not read yet, else as `perform`."""
    project = locked_project(actor, project_id)
    if EVIDENCE[FILING].is_open(project):
        if mark != reviewed(project):
            raise Stale("核对以后,内容又有改动。请再核对一遍,然后提交;改动都已保存。", state=project.state)
        if typed_of(project).typed:
            raise Stale("还有没读懂的内容,请先改正,以免提交时丢失。", state=project.state)
    return perform(project_id, MOVE, actor=actor, note=note, seen=seen or None)


@events.on("move:file")
def tidy(event: str, project, **what) -> None:
    """A filed project has no draft any more; text that nobody could read stays for the case that it comes back."""
    FilingDraft.objects.filter(project=project, typed={}).delete()
