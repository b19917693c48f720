"""Here: the pages of audit: the log, verifying ledgers, a past decision derived again. Not here: the checks themselves."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from organizations import audit
from organizations.models import User
from policies.predicates import PREDICATES
from policies.verdicts import OUTCOME_LABELS, words
from policies.vocabulary import FACTS
from projects import ledger
from projects.audit_log import LogFilter, as_csv, may_read, page, reads_business
from projects.models import Project
from projects.replay import NotReplayable, Rederived, rederive, restored
from projects.scope import visible_projects
from projects.views.project import visible_project

AT_ONCE = 20
ASKED_NOT = "没有问到"


def reader_of(request: HttpRequest) -> User:
    """The person who asks. Raises PermissionDenied for who may not read what audit reads."""
    if not may_read(request.user):
        raise PermissionDenied("此页由安全审计员和审计部门使用。")
    return request.user


@login_required
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first; also as a file."""
    form = LogFilter(request.GET, reader=reader_of(request))
    valid = form.is_valid()
    if valid and request.GET.get("as") == "csv":
        audit.record(request.user, "audit_exported")
        return as_csv(form)
    rows, following = page(form) if valid else ([], None)
    context = {"form": form, "rows": rows, "next": following, "whole": reads_business(request.user), "tab": "log"}
    return render(request, "projects/audit.html", context, status=200 if valid else 400)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Check ledgers against themselves and their witnesses: one project, or twenty at a time. A run is recorded."""
    reader = reader_of(request)
    whole, asked = reads_business(reader), request.POST.get("number", "").strip()
    context = {"whole": whole, "tab": "ledger", "number": asked, "total": _ledgers(reader).count()}
    if request.method == "POST":
        chosen = _chosen(reader, asked if whole else "", request.POST.get("after", ""))
        if chosen is None:
            return render(request, "projects/verify.html", context | {"unknown": True}, status=400)
        context |= _verified(chosen, request)
    return render(request, "projects/verify.html", context)


def _ledgers(reader: User) -> QuerySet[Project]:
    return (visible_projects(reader) if reads_business(reader) else Project.objects.all()).order_by("pk")


def _chosen(reader: User, number: str, after: str) -> list[Project] | None:
    """One project, or the next twenty; None for a number that is not there or not to be seen."""
    rows = _ledgers(reader)
    if number:
        return list(rows.filter(number=number)) or None
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    return list(rows.filter(pk__gt=start)[:AT_ONCE])


def _verified(chosen: list[Project], request: HttpRequest) -> dict:
    found = [(project, ledger.problems(project)) for project in chosen]
    wrong = [{"project": project, "kinds": ledger.kinds(lines)} for project, lines in found if lines]
    audit.record(request.user, "ledger_verified", checked=len(found), wrong=len(wrong))
    last = chosen[-1].pk if len(chosen) == AT_ONCE else None
    return {
        "ran": True,
        "checked": len(found),
        "steps": sum(project.ledger_length for project in chosen),
        "wrong": wrong,
        "next": last,
        "at": timezone.now(),
    }


@login_required
@require_safe
def decision(request: HttpRequest, number: str, step: int) -> HttpResponse:
    """A past decision derived again from its own date, pack version and facts, rule by rule."""
    project = visible_project(request, number)
    passage = get_object_or_404(project.passages.all(), number=step)
    try:
        found, trouble = rederive(passage), ""
    except NotReplayable:
        found, trouble = [], "当时的文件版本不在库中或已不能读取，不能重新推导。"
    if not found and not trouble and passage.verdicts:
        raise Http404
    rows = sorted((_row(each) for each in found), key=lambda row: (not row["differs"], row["quiet"]))
    context = {
        "project": project,
        "passage": passage,
        "sound": passage.computed_hash() == passage.hash,
        "rows": rows,
        "trouble": trouble,
        "differing": sum(row["differs"] for row in rows),
        "quiet": sum(row["quiet"] for row in rows),
    }
    return render(request, "projects/decision.html", context)


def _row(each: Rederived) -> dict:
    stored, again = each.stored or {}, each.again or {}
    known = again or stored
    return {
        "rule": each.rule,
        "clause": known.get("clause", ""),
        "says": known.get("says", ""),
        "before": OUTCOME_LABELS.get(stored.get("outcome"), ASKED_NOT),
        "after": OUTCOME_LABELS.get(again.get("outcome"), ASKED_NOT),
        "mark": known.get("outcome", ""),
        "differs": bool(each.differing),
        "quiet": known.get("outcome") == "not_applicable",
        "operands": _operands(stored, again),
    }


def _operands(stored: dict, again: dict) -> list[dict]:
    """Each comparison with the figures of then and of now."""
    pairs = list(stored.get("comparisons", ())), list(again.get("comparisons", ()))
    longest = max(len(pairs[0]), len(pairs[1]))
    before, after = ([*side, *[None] * (longest - len(side))] for side in pairs)
    return [
        {"before": _figures(one), "after": _figures(two), "differs": one != two}
        for one, two in zip(before, after, strict=True)
    ]


def _figures(comparison: dict | None) -> dict | None:
    if comparison is None:
        return None
    fact, test = FACTS.get(comparison["fact"]), PREDICATES.get(comparison["test"])
    return {
        "label": fact.label if fact else comparison["fact"],
        "test": test.label if test else comparison["test"],
        "actual": words(restored(comparison["fact"], comparison["actual"])),
        "bound": "" if comparison["bound"] is None else words(restored(comparison["fact"], comparison["bound"])),
        "holds": {True: "成立", False: "不成立", None: "未知"}[comparison["holds"]],
    }
