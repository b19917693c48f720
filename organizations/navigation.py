"""Here: what the main navigation offers to whom; rooms enter their pages in apps.ready(). Not here: the pages, scope.

An entry is a convenience: whoever may not open a page gets 403 or 404 from the page itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from organizations.models import User
from organizations.roles import held
from organizations.second_factor import SESSION_KEY


def everybody(user: User) -> bool:
    """Whoever is signed in."""
    return True


def business(user: User) -> bool:
    """Officials of units and offices; not the administrators."""
    return user.is_business


def officers(*codes: str) -> Callable[[User], bool]:
    """Members of an office with one of these role codes; no code: of any office."""

    def holds(user: User) -> bool:
        return bool(held(user) & set(codes)) if codes else bool(held(user))

    return holds


@dataclass(frozen=True)
class Entry:
    """A link of the main navigation; `badge(user)` → number or None."""

    view: str
    label: str
    order: int
    shown: Callable[[User], bool]
    badge: Callable[[User], int | None] | None
    also: tuple[str, ...]


_entries: dict[str, Entry] = {}


def enter(view: str, label: str, *, order: int, shown=everybody, badge=None, also: tuple[str, ...] = ()) -> None:
    """Offer the page named `view` to those for whom `shown(user)`; `also` names views that count as being there."""
    if view in _entries:
        raise ValueError(f"{view} is entered twice")
    _entries[view] = Entry(view, label, order, shown, badge, also)


def navigation(request: HttpRequest) -> dict:
    """Context processor: `navigation`, the links for this person in their order, evaluated when a page shows them."""
    return {"navigation": lambda: links(request)}


def start(user: User) -> str:
    """The page somebody's day begins on: the first that is offered."""
    offered = sorted((each for each in _entries.values() if each.shown(user)), key=lambda entry: entry.order)
    return reverse(offered[0].view) if offered else reverse("organizations:profile")


def links(request: HttpRequest) -> list[dict]:
    """url, label, badge, current of each entry for the person asking; none before the second factor was given."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or request.session.get(SESSION_KEY):
        return []
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        {
            "url": reverse(each.view),
            "label": each.label,
            "badge": each.badge(user) if each.badge else None,
            "current": here == each.view or here in each.also,
        }
        for each in sorted(_entries.values(), key=lambda entry: entry.order)
        if each.shown(user)
    ]
