"""Here: saving, renaming, choosing and deleting one's views of a list in the browser. Not here: the lists."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from desk import saved
from desk.models import SavedView
from projects.errors import Invalid


@login_required
@require_POST
def save_view(request):
    """Keep the filters of a list under a name."""
    page, query = request.POST.get("page", ""), request.POST.get("query", "")
    if not saved.offered(page):
        raise Http404
    try:
        view = saved.save(request.user, page, request.POST.get("name", ""), query)
        messages.success(request, f"视图“{view.name}”已保存。")
    except Invalid as error:
        messages.error(request, error.detail)
    return redirect(f"{reverse(page)}?{saved.kept(query) or 'view=all'}")


@login_required
@require_POST
def change_view(request, pk: int):
    """`do` is rename, default or delete; somebody else's view is 404."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    try:
        _change(view, request.POST.get("do", ""), request.POST.get("name", ""))
        messages.success(request, "视图已更新。")
    except Invalid as error:
        messages.error(request, error.detail)
    return redirect(f"{reverse(view.page)}?{view.query if view.pk and view.query else 'view=all'}")


def _change(view: SavedView, what: str, name: str) -> None:
    if what == "rename":
        saved.rename(view, name)
    elif what == "default":
        saved.make_default(view)
    elif what == "delete":
        saved.delete(view)
    else:
        raise Http404
