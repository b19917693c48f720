"""Here: what the system administrator keeps and the security auditor reads. Not here: any business record."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm

from . import audit
from .models import AuditEvent, CertificateType, Delegation, Jurisdiction, Office, Organization, Post, User


class SystemAdminOnly(admin.ModelAdmin):
    """Opens a table to the post of system administrator, records every edit, and never deletes."""

    def _allowed(self, request) -> bool:
        return request.user.is_active and request.user.post == Post.SYSTEM_ADMIN

    def has_module_permission(self, request) -> bool:
        return self._allowed(request)

    def has_view_permission(self, request, obj=None) -> bool:
        return self._allowed(request)

    def has_add_permission(self, request) -> bool:
        return self._allowed(request)

    def has_change_permission(self, request, obj=None) -> bool:
        return self._allowed(request)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def log_addition(self, request, obj, message):
        audit.record(request.user, "admin_add", obj, model=obj._meta.label, pk=obj.pk, message=message)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        audit.record(request.user, "admin_change", obj, model=obj._meta.label, pk=obj.pk, message=message)
        return super().log_change(request, obj, message)


class SignedBy(SystemAdminOnly):
    """Fills in who made the entry, from the request and not from the form."""

    signature = ""

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            setattr(obj, self.signature, request.user)
        super().save_model(request, obj, form, change)


@admin.register(Jurisdiction)
class JurisdictionAdmin(SystemAdminOnly):
    list_display = ["code", "name", "pack", "parent"]
    search_fields = ["code", "name"]

    def get_readonly_fields(self, request, obj=None):
        """What a place is under is changed on its own page, which asks what becomes of projects under way."""
        return ["code", "pack", "parent"] if obj else []


@admin.register(Organization)
class OrganizationAdmin(SystemAdminOnly):
    list_display = ["name", "jurisdiction", "type", "credit_code", "profile_is_complete", "active"]
    list_filter = ["jurisdiction", "type", "active"]
    search_fields = ["name", "short_name", "credit_code"]
    list_select_related = ["jurisdiction"]

    @admin.display(boolean=True, description="领导与联络人已登记")
    def profile_is_complete(self, obj: Organization) -> bool:
        return obj.profile_complete


@admin.register(Office)
class OfficeAdmin(SystemAdminOnly):
    list_display = ["jurisdiction", "role", "organization", "active"]
    list_filter = ["jurisdiction", "role", "active"]
    list_select_related = ["jurisdiction", "organization"]
    autocomplete_fields = ["organization"]


class UserCreationForm(AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "display_name", "organization", "post")


class InitialPasswordForm(AdminPasswordChangeForm):
    """A password set by somebody else must be changed at the next sign-in."""

    def save(self, commit=True):
        self.user.must_change_password = True
        self.user.revoke_tokens()
        return super().save(commit)


@admin.register(User)
class UserAdmin(SystemAdminOnly, DjangoUserAdmin):
    add_form = UserCreationForm
    change_password_form = InitialPasswordForm
    list_display = ["username", "display_name", "organization", "post", "is_active", "last_login"]
    list_filter = ["post", "is_active", "organization__jurisdiction"]
    list_select_related = ["organization"]
    search_fields = ["username", "display_name", "organization__name"]
    filter_horizontal = []
    autocomplete_fields = ["organization"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password", "must_change_password"]}),
        ("人员", {"fields": ["display_name", "organization", "post", "phone", "email"]}),
        ("账号", {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "display_name",
                    "organization",
                    "post",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        """Nobody changes their own post, unit or standing."""
        own = ["post", "organization", "is_active"] if obj is not None and obj.pk == request.user.pk else []
        return [*super().get_readonly_fields(request, obj), *own]

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.must_change_password = True
        super().save_model(request, obj, form, change)


@admin.register(Delegation)
class DelegationAdmin(SignedBy):
    signature = "created_by"
    list_display = ["principal", "delegate", "starts_on", "ends_on", "reason"]
    list_select_related = ["principal", "delegate"]
    autocomplete_fields = ["principal", "delegate"]
    readonly_fields = ["created_by"]


@admin.register(CertificateType)
class CertificateTypeAdmin(SignedBy):
    signature = "registered_by"
    list_display = ["code", "name", "family", "substitute_for", "basis", "registered_by", "active"]
    list_filter = ["family", "active"]
    list_select_related = ["substitute_for", "registered_by"]
    readonly_fields = ["registered_by"]


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    """Read by the security auditor, written by nobody."""

    list_display = ["at", "actor_name", "action_label", "target", "project_id", "ip"]
    list_filter = ["action"]
    search_fields = ["actor_name", "target"]
    date_hierarchy = "at"
    show_full_result_count = False

    @admin.display(description="操作", ordering="action")
    def action_label(self, obj: AuditEvent) -> str:
        return audit.ACTION_LABELS.get(obj.action, obj.action)

    def has_module_permission(self, request) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.is_active and request.user.post == Post.AUDIT_ADMIN

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
