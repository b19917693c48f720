"""Here: keeping the expert pool. Not here: any evidence of a review, which is recorded through its own door."""

from django.contrib import admin

from organizations.admin import SystemAdminOnly
from reviews.models import Expert


@admin.register(Expert)
class ExpertAdmin(SystemAdminOnly):
    list_display = ["name", "employer", "title", "jurisdiction", "active"]
    list_filter = ["jurisdiction", "active"]
    search_fields = ["name", "employer"]
    list_select_related = ["jurisdiction"]
