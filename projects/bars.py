"""Here: what rooms above put over the lists of this room, such as saved views. Not here: what they put there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_bars: list[tuple[str, Callable[..., dict | HttpResponse]]] = []


def bar(*, template: str):
    """Register function(request, page) → context for `template`, or a response to give instead of the list."""

    def register(function: Callable[..., dict | HttpResponse]) -> Callable[..., dict | HttpResponse]:
        _bars.append((template, function))
        return function

    return register


def bars(request: HttpRequest, page: str) -> tuple[HttpResponse | None, list[dict]]:
    """The response to give instead of the list at this view name, if any, and the filled bars."""
    found = []
    for template, function in _bars:
        context = function(request, page)
        if isinstance(context, HttpResponse):
            return context, []
        found.append({"template": template, **context})
    return None, found
