"""Here: sign-in, password, one's own profile, one's unit, one's delegations. Not here: opening accounts (see admin)."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.mixins import LoginRequiredMixin, UserPassesTestMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.views import View
from django.views.generic import CreateView, UpdateView

from . import audit, clock, roles, second_factor
from .forms import DelegationForm, LoginForm, PasswordChangeForm, ProfileForm, UnitForm
from .models import Delegation, Organization, Post, User


class LoginView(auth_views.LoginView):
    template_name = "organizations/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True


class LogoutView(auth_views.LogoutView):
    next_page = reverse_lazy("organizations:login")


class PasswordChangeView(auth_views.PasswordChangeView):
    template_name = "organizations/password_change.html"
    form_class = PasswordChangeForm
    success_url = reverse_lazy("organizations:profile")

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        form.user.must_change_password = False
        form.user.revoke_tokens()
        response = super().form_valid(form)
        audit.record(form.user, "password_changed", form.user.username)
        messages.success(self.request, "密码已修改。")
        return response


class RecordedUpdateView(LoginRequiredMixin, UpdateView):
    """An edit whose changed fields go on record together with the edit."""

    action = ""

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        if form.changed_data:
            before = {name: form.initial.get(name) for name in form.changed_data}
            after = {name: form.cleaned_data[name] for name in form.changed_data}
            audit.record(self.request.user, self.action, form.instance, before=before, after=after)
        messages.success(self.request, "已保存。")
        return response


class ProfileView(RecordedUpdateView):
    template_name = "organizations/profile.html"
    form_class = ProfileForm
    success_url = reverse_lazy("organizations:profile")
    action = "profile_changed"

    def get_object(self, queryset=None) -> User:
        # A copy: a refused form must not leave its values on request.user.
        return User.objects.select_related("organization").get(pk=self.request.user.pk)

    def get_context_data(self, **kwargs) -> dict:
        user = self.object
        held = user.organization and roles.office_roles(user, user.organization.jurisdiction_id)
        labels = [label for code, label in roles.ROLE_LABELS.items() if code in (held or ())]
        more = {"bound": second_factor.device_of(user) is not None, "head": user.is_business and user.post == Post.HEAD}
        return super().get_context_data(role_labels=labels, **more, **kwargs)


class UnitView(RecordedUpdateView):
    """The unit's own people keep 分管领导 and 联络人 up to date (YQ-2.2-1); others get 404."""

    template_name = "organizations/unit.html"
    form_class = UnitForm
    success_url = reverse_lazy("organizations:unit")
    action = "unit_profile_changed"

    def get_object(self, queryset=None) -> Organization:
        user = self.request.user
        if not user.is_business:
            raise Http404("没有可以维护的单位。")
        return get_object_or_404(Organization, pk=user.organization_id, active=True)


class BusinessOnly(LoginRequiredMixin, UserPassesTestMixin):
    def test_func(self) -> bool:
        return not self.request.user.is_authenticated or self.request.user.is_business


class DelegationsView(BusinessOnly, CreateView):
    """One's delegations, given and held, and the form for a new one."""

    template_name = "organizations/delegations.html"
    form_class = DelegationForm
    success_url = reverse_lazy("organizations:delegations")

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"principal": self.request.user}

    def get_context_data(self, **kwargs) -> dict:
        user, today = self.request.user, clock.today()
        given = user.delegations_given.select_related("principal", "delegate").filter(ends_on__gte=today)
        held = user.delegations_held.select_related("principal", "delegate").filter(ends_on__gte=today)
        return super().get_context_data(given=given, held=held, today=today, **kwargs)

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        audit.record(self.request.user, "delegation_added", self.object)
        messages.success(self.request, "委托已登记。")
        return response


class DelegationEndView(BusinessOnly, View):
    """Take a delegation back: one that has begun ends with today, one that has not begun disappears."""

    http_method_names = ["post"]

    @transaction.atomic
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        today = clock.today()
        mine = Delegation.objects.select_for_update().filter(principal=request.user, ends_on__gte=today)
        delegation = get_object_or_404(mine, pk=pk)
        audit.record(request.user, "delegation_ended", delegation)
        if delegation.starts_on > today:
            delegation.delete()
        else:
            delegation.ends_on = today
            delegation.save(update_fields=["ends_on"])
        messages.success(request, "委托已收回。")
        return redirect("organizations:delegations")
