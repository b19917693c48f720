"""Here: the what-if, a page that needs no login. Not here: projects, the instruments as texts (packs.py)."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations import clock
from papers.excel import download
from policies.loader import available, load
from projects.comparison import Compare, compare, table
from projects.whatif import WhatIf, called
from projects.whatif_answer import COLUMNS, answer


@require_safe
def compared(request):
    """各地对照: one project under every regulation of the house, side by side, as a page or a sheet."""
    form = Compare(request.GET)
    if not form.is_valid():
        return render(request, "projects/compare.html", {"form": form}, status=400)
    columns = compare(form, on=form.cleaned_data.get("on") or clock.today())
    if request.GET.get("format") == "xlsx":
        heads = ["项目", *(f"{called(each.pack)}({each.pack.code})" for each in columns)]
        return download("comparison", "各地对照", heads, table(columns))
    query = request.GET.copy()
    query["format"] = "xlsx"
    context = {
        "form": form, "sheet": f"?{query.urlencode()}", "amount": form.cleaned_data.get("investment"),
        "columns": [(each, form.choices_of(each.pack)) for each in columns],
    }  # fmt: skip
    return render(request, "projects/compare.html", context)


@require_safe
def whatif(request):
    """义务查询: amount, kind and regulation in; everything it will ask out, as a page or a sheet. The address can be shared."""
    form = WhatIf(request.GET if request.GET else {"pack": next(code for code in available() if load(code).binding)})
    if not form.is_valid():
        return render(request, "projects/whatif.html", {"form": form}, status=400)
    pack, facts = form.question()
    found = answer(pack, facts, on=form.cleaned_data.get("on") or clock.today())
    if request.GET.get("format") == "xlsx":
        return download(f"obligations-{pack.code}", "义务清单", COLUMNS, found.rows())
    query = urlencode({name: value for name, value in form.cleaned_data.items() if value not in (None, "")})
    address = f"{request.path}?{query}"
    context = {
        "form": form, "answer": found, "pack": pack, "address": request.build_absolute_uri(address),
        "sheet": f"{address}&format=xlsx", "next_line": _at_amount(form, found.above),
        "asked": bool(request.GET), "stages_of_route": _route(pack, facts),
    }  # fmt: skip
    return render(request, "projects/whatif.html", context)


def _at_amount(form, crossing) -> str:
    """The address of the same question at the next line; empty where there is none."""
    if crossing is None:
        return ""
    given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    return "?" + urlencode(given | {"investment": crossing.line})


def _route(pack, facts) -> list[str]:
    """The stages that a project of this kind and origin goes through, in their order; all without a kind."""
    kind = facts.get("project.kind")
    if not kind:
        return [stage["name"] for stage in pack.stages]
    states = set(pack.route_for(kind, facts.get("project.origin", "")))
    return [stage["name"] for stage in pack.stages if states & set(stage["states"])]
