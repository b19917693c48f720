"""Here: the addresses of the house: each room's pages and API, and the doors of the building. Not here: views."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from egov_projects import health, tokens

handler400 = "egov_projects.errors.bad_request"
handler403 = "egov_projects.errors.forbidden"
handler404 = "egov_projects.errors.not_found"
handler500 = "egov_projects.errors.server_error"


def rooms(module: str, prefix: str) -> list[URLPattern | URLResolver]:
    """Include `<room>.<module>` under `prefix` for every room that has it with `urlpatterns`."""
    names = [f"{app}.{module}" for app in settings.LOCAL_APPS if find_spec(f"{app}.{module}")]
    return [path(prefix, include(name)) for name in names if hasattr(import_module(name), "urlpatterns")]


urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    path("api/v1/auth/login", tokens.Login.as_view(), name="api-login"),
    path("api/v1/auth/logout", tokens.Logout.as_view(), name="api-logout"),
    *rooms("api", "api/v1/"),
    *rooms("urls", ""),
]
