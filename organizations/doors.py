"""Here: pages that open to certain posts only. Not here: pages of offices and units (roles, scope)."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict

from organizations.models import Post, User


def has_post(*posts: Post) -> Callable[[User], bool]:
    """For the navigation: whether somebody holds one of these posts."""
    return lambda user: user.is_active and user.post in posts


def for_post(*posts: Post) -> Callable:
    """Open the decorated view to active people with one of these posts; others get 403, nobody signed in the login."""

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not has_post(*posts)(request.user):
                names = "、".join(Post(post).label for post in posts)
                raise PermissionDenied(f"此页由{names}使用。")
            return view(request, *args, **kwargs)

        return guarded

    return guard


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form; an empty sending is one too."""
    return request.POST if request.method == "POST" else None
