"""Here: the instruments as people read them, and a change tried on live projects. Not here: what-if (public.py)."""

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from organizations.models import Jurisdiction
from organizations.roles import held
from policies import cases
from policies.loader import PackError, available, load
from policies.obligations import UNITS
from policies.pack import DeadlineSpec, Pack, Rule
from projects.case_reading import CaseReading
from projects.errors import Invalid
from projects.impact import Candidate, impact
from projects.instruments import pack_in_force, parameter
from projects.reading import Reading
from projects.scope import visible_projects
from projects.transitional import DecisionForm, decide, may_decide

ENFORCED, GUIDANCE, POINTED_OUT, SHOWN, LEFT_OUT = LABELS = ("执行", "指南", "提示", "展示", "不强制")


def _pack(code: str) -> Pack:
    try:
        load(code)
    except PackError as error:
        raise Http404 from error
    return pack_in_force(code)


@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    """Every installed instrument: since when, who is under it, how many clauses, how they are carried."""
    places: dict[str, list[str]] = {}
    for place in Jurisdiction.objects.all():
        places.setdefault(place.pack, []).append(place.name)
    installed = sorted(map(pack_in_force, available()), key=lambda pack: not pack.binding)
    rows = [_described(pack, places.get(pack.code, [])) for pack in installed]
    return render(request, "projects/packs.html", {"rows": rows})


def _described(pack: Pack, places: list[str]) -> dict:
    exercised = cases.by_clause(pack.code)
    found = Counter(_label(pack, rule) for rule in pack.rules)
    return {
        "pack": pack,
        "places": places,
        "counts": [(label, found[label]) for label in LABELS],
        "rules": len(pack.rules),
        "cases": cases.count(pack.code),
        "exercised": sum(rule.id in exercised for rule in pack.rules),
    }


@require_safe
def pack_page(request: HttpRequest, code: str) -> HttpResponse:
    """One instrument: clauses by stage with checks and worked cases, who does what, clocks, papers; searched by word."""
    pack, text = _pack(code), request.GET.get("q", "").strip()[:60]
    exercised, reading = cases.by_clause(code), Reading(pack)
    rules = [rule for rule in pack.rules if not text or _mentions(rule, text)]
    order = dict.fromkeys([*(stage["name"] for stage in pack.stages), *(rule.stage for rule in pack.rules)])
    sections = [{"name": stage or "全程", "rules": [rule for rule in rules if rule.stage == stage]} for stage in order]
    for section in sections:
        section["rules"] = [_told(reading, rule, exercised.get(rule.id, [])) for rule in section["rules"]]
    context = {
        "pack": pack,
        "q": text,
        "sections": [each for each in sections if each["rules"]],
        "shown": len(rules),
        "about": _described(pack, list(Jurisdiction.objects.filter(pack=code).values_list("name", flat=True))),
        "deadlines": [_clock(reading, spec) for spec in _clocks(pack)],
        "reports": [{"spec": spec, "who": reading.who(spec.who), "to": reading.who(spec.to)} for spec in pack.reports],
        "moves": [(reading.move(name), reading.who(spec.by), spec.rule) for name, spec in pack.moves.items()],
        "papers": reading.papers(),
        "parameters": list(_parameters(pack, reading, request.user)),
        "officer": request.user.is_authenticated and bool(held(request.user)),
    }
    return render(request, "projects/pack.html", context)


def _told(reading: Reading, rule: Rule, exercised: list) -> dict:
    """One clause: what it says, how it is carried out, its worked cases."""
    return {
        "rule": rule,
        "status": _label(reading.pack, rule),
        "checks": list(map(reading.check, rule.checks)),
        "carried": reading.carried(rule) if rule.status == "enforced" else "",
        "waived": reading.who(rule.waivable_by),
        "cases": exercised,
    }


def _clock(reading: Reading, spec: DeadlineSpec) -> dict:
    """One clock: how long, from what to what, whose."""
    until = " 或 ".join(map(reading.event, spec.until))
    found = {"spec": spec, "within": spec.limit(UNITS), "start": reading.event(spec.start), "until": until}
    return found | {"who": reading.who([spec.who])}


def _parameters(pack: Pack, reading: Reading, user):
    """Every parameter with who may set it, and its value in the reader's own place where that is under this pack."""
    place = user.organization.jurisdiction if user.is_authenticated and user.organization else None
    at_home = place is not None and place.pack == pack.code
    for spec in pack.parameters:
        in_force = at_home and spec.per == "jurisdiction"
        value = parameter(pack, spec.name, jurisdiction_id=place.pk) if in_force else spec.default
        yield {"spec": spec, "by": reading.who(spec.set_by), "value": value, "set": value != spec.default}


@require_safe
def case_page(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One worked case in words, with the clauses that it exercises."""
    pack, case = _pack(code), cases.cases(code).get(name)
    if case is None:
        raise Http404
    told = CaseReading(pack, case)
    rules = [pack.rule(each) for each in case.clauses if each in pack.by_id]
    context = {"pack": pack, "case": case, "given": told.given(), "steps": list(told.steps()), "rules": rules}
    return render(request, "projects/case.html", context)


def _clocks(pack: Pack) -> list[DeadlineSpec]:
    """Every clock once: entries of one code are one clock, told by the first."""
    return [spec for spec in pack.deadlines if spec is next(each for each in pack.deadlines if each.code == spec.code)]


def _label(pack: Pack, rule: Rule) -> str:
    """What is done with a clause, in a word; a guide guides, an instrument that binds nobody only points out."""
    if rule.status != "enforced":
        return SHOWN if rule.status == "shown" else LEFT_OUT
    if rule.source:
        return GUIDANCE
    return ENFORCED if pack.binding else POINTED_OUT


def _mentions(rule, text: str) -> bool:
    return any(text.lower() in part.lower() for part in (rule.id, rule.source, rule.clause, rule.says, rule.stage))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def impact_page(request: HttpRequest, code: str) -> HttpResponse:
    """Whose duties a change would touch, before anybody decides it; for offices, over the projects they see.

    Of another instrument the governing office can write down here which of the projects go on under the old one.
    """
    if not held(request.user):
        raise PermissionDenied("影响分析由管理部门使用。")
    pack = _pack(code)
    asked = Candidate(request.GET if "what" in request.GET else None, pack=pack)
    report = None
    if asked.is_bound and asked.is_valid():
        after = asked.cleaned_data["after"] or 0
        report = impact(visible_projects(request.user), pack, asked.proposal, after=after)
    deciding = None
    if report and asked.cleaned_data["what"] == "pack" and may_decide(request.user, pack):
        deciding = DecisionForm(request.POST or None, user=request.user, pack=pack)
        if request.method == "POST" and _decided(request, deciding, asked.cleaned_data["other"]):
            return redirect(request.get_full_path())
    elif request.method == "POST":
        raise PermissionDenied(f"新旧文件的适用由{pack.office(pack.governing)}决定。")
    context = {"pack": pack, "form": asked, "report": report, "deciding": deciding}
    return render(request, "projects/impact.html", context, status=400 if asked.errors or _wrong(deciding) else 200)


def _decided(request: HttpRequest, form: DecisionForm, to: str) -> bool:
    """Whether the decision was taken; else what stands in the way is among the form's errors."""
    if not form.is_valid():
        return False
    given = {name: form.cleaned_data[name] for name in ("choice", "basis", "reason")}
    try:
        made = decide(form.cleaned_data["projects"], to, actor=request.user, **given)
    except Invalid as error:
        for found in error.errors["projects"]:
            form.add_error("projects", found["message"])
        return False
    messages.success(request, f"已对 {len(made)} 个项目登记:{given['choice']}。")
    return True


def _wrong(form: DecisionForm | None) -> bool:
    return form is not None and bool(form.errors)
