"""Here: the page of everything that can be exported, and the workbooks. Not here: what stands in them (exports.py), imports."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from exchange.exports import LARGE, WORK, find, noted, offered
from exchange.imports.registry import offered as imports_for
from jobs.exports import in_background
from organizations import clock
from papers.excel import attachment

NOT_FILTERS = ("page", "before", "after", "as", "csrfmiddlewaretoken")


@login_required
@require_safe
def exchange(request):
    """What this person can take out as a workbook, and bring in by one."""
    exports = [(each, reverse(each.view) if each.view else "") for each in offered(request.user)]
    return render(request, "exchange/exchange.html", {"exports": exports, "imports": imports_for(request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request, name: str):
    """The list under the filters of its page; a large one is made in the background, which takes a POST."""
    found = find(name, request.user)
    asked = filters(request)
    try:
        book, size = found.book(request.user, asked)
    except ValidationError as error:
        context = {"found": found, "problems": error.messages}
        return render(request, "exchange/export.html", context, status=400)
    if request.method == "POST":
        return in_background(request, WORK, title=found.label, of=name, asked=asked.urlencode())
    if size > LARGE:
        return render(request, "exchange/export.html", {"found": found, "size": size, "asked": asked.urlencode()})
    noted(found, request.user, asked, size)
    return attachment(f"{found.label}-{clock.today():%Y%m%d}", book)


def filters(request) -> QueryDict:
    """What the address asks, without places in pages."""
    asked = request.GET.copy()
    for name in NOT_FILTERS:
        asked.pop(name, None)
    return asked
