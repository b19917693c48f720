"""Here: pages about the regulation that need no login: what-if and the pack as a text. Not here: projects."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations import clock
from policies.loader import PackError, available, load
from policies.obligations import obligations
from projects.whatif import WhatIf


@require_safe
def whatif(request):
    """义务查询: amount, kind and regulation in; everything it will ask out. The address can be shared."""
    asked = bool(request.GET)
    form = WhatIf(request.GET if asked else {"pack": available()[0]})
    stages, pack = [], None
    if form.is_valid():
        pack, facts = form.question()
        found = obligations(pack, facts, on=form.cleaned_data.get("on") or clock.today())
        names = [stage["name"] for stage in pack.stages] + ["变更", "拨付", "全程"]
        order = list(dict.fromkeys([*names, *(each.stage for each in found)]))
        stages = [(name, [each for each in found if each.stage == name]) for name in order]
    context = {"form": form, "pack": pack, "stages": [each for each in stages if each[1]]}
    return render(request, "projects/whatif.html", context, status=200 if form.is_valid() else 400)


@require_safe
def pack_page(request, code: str):
    """The pack as people read it: rules, documents, deadlines, parameters."""
    try:
        pack = load(code)
    except PackError as error:
        raise Http404 from error
    return render(request, "projects/pack.html", {"pack": pack})
