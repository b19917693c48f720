"""Here: the views of a list that a person has saved. Not here: what a list can be asked (each list), HTTP (saved_pages)."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from desk.models import SavedView
from organizations import audit
from projects.errors import Invalid

MOST = 20
NOT_KEPT = ("page", "before", "queue")
_pages: set[str] = set()


def offer(page: str) -> None:
    """Let people save views of the list at this view name; a room calls it in apps.ready()."""
    _pages.add(page)


def offered(page: str) -> bool:
    """Whether views of this list can be saved."""
    return page in _pages


def kept(query: str) -> str:
    """The filters of an address without what is only a place in the list, and without what was left empty."""
    asked = QueryDict(query, mutable=True)
    for name in NOT_KEPT:
        asked.pop(name, None)
    full = QueryDict(mutable=True)
    for name, values in asked.lists():
        full.setlist(name, [value for value in values if value])
    return full.urlencode()


def saved(request: HttpRequest, page: str) -> dict:
    """What desk/_saved.html shows: this person's views of the list, the one that is open, the filters as they are now."""
    query = kept(request.GET.urlencode())
    rows = SavedView.objects.filter(user=request.user, page=page)
    return {"page": page, "url": reverse(page), "query": query, "rows": [(row, row.query == query) for row in rows]}


def opening(request: HttpRequest, page: str) -> HttpResponse | None:
    """The way to the person's default view when the list is opened without any filter; None without one."""
    if request.GET:
        return None
    found = SavedView.objects.filter(user=request.user, page=page, default=True).first()
    return redirect(f"{reverse(page)}?{found.query}") if found and found.query else None


@transaction.atomic
def save(user, page: str, name: str, query: str) -> SavedView:
    """Keep the filters under a name; the same name again takes the new filters. Raises Invalid."""
    name, query = _named(name), kept(query)
    if len(query) > SavedView._meta.get_field("query").max_length:
        raise _wrong("筛选条件太长,不能保存。")
    mine = SavedView.objects.filter(user=user, page=page)
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise _wrong(f"最多保存 {MOST} 个视图,请先删除不用的。")
    view, _ = SavedView.objects.update_or_create(user=user, page=page, name=name, defaults={"query": query})
    audit.record(user, "view.save", target=f"{page} {name}")
    return view


@transaction.atomic
def rename(view: SavedView, name: str) -> None:
    """Call it otherwise. Raises Invalid."""
    name = _named(name)
    if SavedView.objects.filter(user=view.user, page=view.page, name=name).exclude(pk=view.pk).exists():
        raise _wrong(f"已有名为“{name}”的视图。")
    view.name = name
    view.save(update_fields=["name"])
    audit.record(view.user, "view.rename", target=f"{view.page} {name}")


@transaction.atomic
def make_default(view: SavedView) -> None:
    """Open the list with this view from now on; asked again, with none."""
    chosen = not view.default
    SavedView.objects.filter(user=view.user, page=view.page, default=True).update(default=False)
    SavedView.objects.filter(pk=view.pk).update(default=chosen)
    audit.record(view.user, "view.default", target=f"{view.page} {view.name}", chosen=chosen)


@transaction.atomic
def delete(view: SavedView) -> None:
    """Keep it no longer."""
    audit.record(view.user, "view.delete", target=f"{view.page} {view.name}")
    view.delete()


def _named(name: str) -> str:
    name = name.strip()
    if not name or len(name) > SavedView._meta.get_field("name").max_length or "\x00" in name:
        raise _wrong("请填写视图名称(不超过30字)。")
    return name


def _wrong(message: str) -> Invalid:
    return Invalid(message, {"name": [{"message": message, "code": "invalid"}]})
