"""Here: the pages of the filing workspace. Not here: saving (projects/drafts.py), what a section holds (projects/workspace.py)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from organizations import clock
from projects.drafts import Overtaken, Saved, Stamp, differing, raw_values, save_section, typed_of
from projects.duties import duties, facts
from projects.errors import Closed, Invalid, ProjectError
from projects.evidence import EVIDENCE
from projects.judgement import facts_stand, judge
from projects.materials import attach
from projects.models import Material
from projects.paste import pasted
from projects.permissions import may_record, roles
from projects.rehearsal import address, link
from projects.sheet import difference, sheet, with_rows, without_row
from projects.views.project import visible_project
from projects.workspace import FILING, MOVE, Section, following, in_short, notices, open_points, place, sections, slots

ROWS_ADDED = 3
AT_MATERIALS, CHECK = "materials", "check"
ASKED_AT_FIRST = ("name", "kind", "origin")


def own_project(request, number: str):
    """The project whose filing this person's unit writes: 404 when not theirs to see, 403 when not theirs to write."""
    project = visible_project(request, number)
    if not may_record(request.user, project, EVIDENCE[FILING]):
        raise PermissionDenied("申报内容由建设单位填写")
    return project


def is_open(project) -> bool:
    """Whether the filing can be written now."""
    return EVIDENCE[FILING].is_open(project)


def closed(request, project):
    messages.info(request, f"项目现在是“{project.get_state_display()}”,申报内容不能再改。")
    return redirect("projects:project", number=project.number)


@login_required
@require_safe
def start(request, number: str):
    """Lead to the first section with something open."""
    project = own_project(request, number)
    if not is_open(project):
        return closed(request, project)
    points = open_points(project, judge(project, MOVE), typed_of(project).typed)
    first = next((each.code for each in sections(project) if points.get(each.code)), CHECK)
    return redirect("projects:filing_section", number=number, section=first)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_page(request, number: str, section: str):
    """One section: its fields, or the page of a room; POST saves and goes on."""
    project = own_project(request, number)
    found = next((each for each in sections(project) if each.code == section), None)
    if found is None:
        raise Http404
    if request.method == "POST" and found.code != AT_MATERIALS and not found.fields:
        return HttpResponseNotAllowed(["GET"])
    if request.method == "POST":
        return _upload(request, project, found) if section == AT_MATERIALS else _save(request, project, found)
    if not is_open(project):
        return closed(request, project)
    return _fields(request, project, found) if found.fields else _page(request, project, found)


def _page(request, project, section: Section, status: int = 200, **more):
    """A section that a room fills."""
    filled = section.fill(project, request.user) if section.fill else {}
    if section.code == AT_MATERIALS:
        held = roles(request.user, project)
        filled = {"slots": documents(project, held, more.get("errors", {}))}
    return render(request, section.template, frame(project, request.user, section) | filled | more, status=status)


def _fields(request, project, section: Section, *, status: int = 200, typed: dict | None = None, **more):
    """A section of fields, with what was typed and its errors."""
    draft = typed_of(project)
    blank = min(int(request.GET["blank"]), 20) if request.GET.get("blank", "").isdecimal() else 0
    shown = sheet(project, request.user, section, draft.typed | (typed or {}), blank=blank)
    tables = [each["table"] for each in shown.fields if "table" in each]
    context = frame(project, request.user, section) | {
        "sheet": shown,
        "difference": difference(project, tables),
        "seen": draft.sections.get(section.code, {}).get("rev", 0),
        "before": project.declared_total,
    }
    return render(request, section.template, context | more, status=status)


def _save(request, project, section: Section):
    """Save a section; an automatic save is answered with data, a pressed button with a page."""
    automatic = bool(request.POST.get("autosave"))
    data, stay = _rows(request.POST, section)
    try:
        saved = save_section(project.pk, section, data, actor=request.user, stamp=Stamp.of(request.POST))
    except Overtaken as error:
        if automatic:
            return JsonResponse({"problem": f"{error.detail}请先刷新本页核对。"}, status=error.status)
        typed = differing(project, request.user, raw_values(section, data))
        return _fields(request, project, section, status=error.status, typed=typed, problem=error)
    except Closed as error:
        if automatic:
            return JsonResponse({"problem": error.detail}, status=error.status)
        return render(request, "projects/filing/closed.html", {"project": project, "error": error}, status=error.status)
    if automatic:
        return JsonResponse(_told(project, section, saved))
    if stay:
        return redirect(reverse("projects:filing_section", args=[project.number, section.code]) + stay)
    if saved.errors:
        return _fields(request, visible_project(request, project.number), section, status=400)
    return redirect(_onward(request, project, section))


def _rows(post, section: Section):
    """The posted form after pasting, adding or deleting rows, and where to come back to ("" to go on)."""
    name = next((post[key] for key in ("paste_into", "add") if post.get(key) in section.fields), "")
    if post.get("paste_into") and name:
        columns = list(EVIDENCE[FILING].form.base_fields[name].row_form.base_fields)
        return with_rows(section, post, name, pasted(post.get(f"paste_{name}", ""), columns)), f"#table-{name}"
    if name:
        return post, f"?blank={ROWS_ADDED}#table-{name}"
    table, _, at = post.get("drop", "").partition("-")
    if table in section.fields and at.isdecimal():
        return without_row(post, table, at), f"#table-{table}"
    return post, ""


def _told(project, section: Section, saved: Saved) -> dict:
    """What an automatic save tells the page."""
    project.refresh_from_db()
    with facts_stand(project):
        verdicts = judge(project, MOVE)
    return {
        "saved": clock_time(saved.note),
        "dropped": saved.dropped,
        "errors": saved.errors,
        "points": marks(project, None, open_points(project, verdicts, typed_of(project).typed)),
        "owed": render_to_string("projects/filing/_open.html", {"open_here": _open_here(project, section, verdicts)}),
    }


def clock_time(note: dict) -> str:
    """10:42 of a section's note; empty before the first save."""
    at = parse_datetime(note.get("at", "")) if note.get("at") else None
    return f"{at:%H:%M}" if at else ""


def _onward(request, project, section: Section) -> str:
    if request.POST.get("then") == "rehearsal":
        return reverse("projects:filing_rehearsal", args=[project.number])
    after = following(section.code, project)
    return address(project, after.code if after else CHECK)


def frame(project, user, section: Section | None) -> dict:
    """What every page of the workspace shows: navigation with open points, the notice's window, the duties."""
    with facts_stand(project):
        verdicts = judge(project, MOVE)
    draft = typed_of(project)
    points = open_points(project, verdicts, draft.typed)
    last = max((note.get("at", "") for note in draft.sections.values()), default="")
    return {
        "project": project,
        "pack": project.pack,
        "section": section,
        "navigation_points": [
            {"section": each, "mark": mark}
            for each, mark in zip(sections(project), marks(project, user, points).values(), strict=True)
        ],
        "open_here": _open_here(project, section, verdicts),
        "saved_at": clock_time({"at": last}),
        "notices": notices(project, user),
        "days_left": (project.batch.closes_on - clock.today()).days if project.batch else None,
        **asked_now(project, known(project), known(project)),
    }


def _open_here(project, section: Section | None, verdicts) -> list[dict]:
    """The obstacles that are mended in this section, each with the link to its field."""
    code = section.code if section else ""
    return [
        {"verdict": each, "text": in_short(each), "link": link(project, each)}
        for each in verdicts
        if each.blocks and (place(each) or ("",))[0] == code
    ]


def marks(project, user, points: dict[str, int]) -> dict[str, str | None]:
    """Per section: ✓, the number of open points, or the room's own count. Without a user the rooms are not asked."""
    found = {}
    for each in sections(project):
        if each.count:
            found[each.code] = each.count(project, user) if user or each.code == AT_MATERIALS else None
        elif points.get(each.code):
            found[each.code] = str(points[each.code])
        else:
            found[each.code] = "✓" if filled(project, each) else ""
    return found


def filled(project, section: Section) -> bool:
    """Whether anything beyond what opening the draft asked for is written in a section."""
    given = (getattr(project, name) for name in section.fields if name not in ASKED_AT_FIRST)
    return any(each.exists() if hasattr(each, "exists") else each not in (None, "", []) for each in given)


def known(project) -> dict:
    return facts(project.kind, project.origin, project.investment)


def asked_now(project, now: dict, before: dict, unread: str = "") -> dict:
    amount = now.get("project.investment")
    asked = {"kind": now.get("project.kind", ""), "origin": now.get("project.origin", ""), "amount": amount}
    return {"duties": duties(project.pack, now, before), "asked": asked, "unread": unread}


def documents(project, held, errors: dict) -> list[dict]:
    versions: dict[str, list] = {}
    for each in project.materials.select_related("attachment", "recorded_by").order_by("-version"):
        versions.setdefault(each.code, []).append(each)
    return [
        each
        | {
            "may": each["open"] and bool(held & set(each["slot"].by)),
            "error": errors.get(each["slot"].code),
            "versions": versions.get(each["slot"].code, []),
        }
        for each in slots(project)
    ]


def _upload(request, project, section: Section):
    """Hand in a document for a slot."""
    code = request.POST.get("code", "")
    status = request.POST.get("status") or Material.FINAL
    try:
        attach(
            project.pk, code, actor=request.user, upload=request.FILES.get("file"), status=status,
            note=request.POST.get("note", ""),
        )  # fmt: skip
        return redirect(address(project, AT_MATERIALS, code))
    except ValidationError as error:
        told, answer = "".join(error.messages), 400
    except Invalid as error:
        told, answer = "".join(each["message"] for found in error.errors.values() for each in found), 400
    except ProjectError as error:
        told, answer = error.detail, error.status
    if not is_open(project):
        context = {"project": project, "error": Closed(told)}
        return render(request, "projects/filing/closed.html", context, status=answer)
    return _page(request, project, section, status=answer, errors={code: told})
