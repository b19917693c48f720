"""Here: the forms people fill in about themselves and their unit. Not here: opening accounts (see admin)."""

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.forms import PasswordChangeForm as DjangoPasswordChangeForm
from django.core.exceptions import ValidationError

from . import clock
from .models import Delegation, Organization, User
from .scope import visible_users


class LoginForm(AuthenticationForm):
    """Says the same whether the name is unknown, the password wrong or the account closed."""

    error_messages = {
        "invalid_login": (
            f"用户名或密码不正确，请核对后重试。连续输错 {settings.AXES_FAILURE_LIMIT} 次，将暂停登录一段时间。"
        ),
        "inactive": "用户名或密码不正确，请核对后重试。",
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "用户名"
        self.fields["password"].label = "密码"


class PasswordChangeForm(DjangoPasswordChangeForm):
    """A new password must differ from the old one, else an initial password would stay in use."""

    def clean(self) -> None:
        super().clean()
        new = self.cleaned_data.get("new_password1")
        if new and new == self.cleaned_data.get("old_password"):
            self.add_error("new_password1", ValidationError("新密码不能与原密码相同。", code="same"))


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["phone", "email", "mail_choice"]
        labels = {"email": "电子邮箱"}
        help_texts = {"mail_choice": "只在轮到您办理时发。每日汇总在工作日早上发出,没有待办就不发。"}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mail_choice"].required = False

    def clean_mail_choice(self) -> str:
        return self.cleaned_data["mail_choice"] or self.initial["mail_choice"]


class UnitForm(forms.ModelForm):
    """分管领导 and 电子政务联络人 of one's own unit (YQ-2.2-1)."""

    class Meta:
        model = Organization
        fields = list(Organization.PROFILE_FIELDS)


class DelegationForm(forms.ModelForm):
    """One's own delegation to a colleague; the model judges units and chains."""

    class Meta:
        model = Delegation
        fields = ["delegate", "starts_on", "ends_on", "reason"]
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args, principal: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.principal = principal
        self.instance.created_by = principal
        colleagues = visible_users(principal).filter(organization=principal.organization_id, is_active=True)
        self.fields["delegate"].queryset = colleagues.exclude(pk=principal.pk)

    def clean_ends_on(self):
        ends_on = self.cleaned_data["ends_on"]
        if ends_on < clock.today():
            raise ValidationError("结束日期已经过去，请填写今天或以后的日期。", code="past")
        return ends_on
