"""Here: what the system administrator fills in about units, people and offices. Not here: what people say of themselves."""

from django import forms
from django.core.exceptions import ValidationError

from organizations.models import (
    ADMIN_POSTS,
    CertificateFamily,
    CertificateType,
    Jurisdiction,
    Office,
    Organization,
    OrganizationType,
    Post,
    Role,
    User,
)

ANY = [("", "全部")]
STANDING = [*ANY, ("yes", "在用"), ("no", "已停用")]


def with_place(unit: Organization) -> str:
    """A unit as it is told from those of the same name elsewhere."""
    return f"{unit.jurisdiction.name} · {unit.name}"


class UnitFilter(forms.Form):
    """The list of units, narrowed."""

    q = forms.CharField(label="名称或信用代码", required=False, max_length=100)
    type = forms.ChoiceField(label="类型", required=False, choices=[*ANY, *OrganizationType.choices])
    active = forms.ChoiceField(label="状态", required=False, choices=STANDING)


class UnitForm(forms.ModelForm):
    """A unit; its leader and liaison are kept by its own people."""

    class Meta:
        model = Organization
        fields = ["jurisdiction", "name", "short_name", "type", "credit_code"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].disabled = self.instance.pk is not None


class PersonFilter(forms.Form):
    """The list of people, narrowed."""

    q = forms.CharField(label="姓名、用户名或单位", required=False, max_length=100)
    post = forms.ChoiceField(label="岗位", required=False, choices=[*ANY, *Post.choices])
    active = forms.ChoiceField(label="状态", required=False, choices=STANDING)


class RightsFilter(PersonFilter):
    """Who has which rights, narrowed; `role` is an office of the person's unit."""

    role = forms.ChoiceField(label="职责", required=False, choices=[*ANY, *Role.choices])
    field_order = ["q", "role", "post", "active"]


class PersonForm(forms.ModelForm):
    """An account: who, where, which post. An official belongs to a unit; an administrator takes no part in business."""

    class Meta:
        model = User
        fields = ["username", "display_name", "organization", "post", "phone", "email"]
        labels = {"email": "电子邮箱", "username": "用户名"}
        help_texts = {"username": "登录用，开通后不再改。字母、数字和 @ . + - _ 。"}

    def __init__(self, *args, editor: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.pk is not None
        units = Organization.objects.filter(active=True)
        if known and self.instance.organization_id:
            units = Organization.objects.filter(active=True) | Organization.objects.filter(
                pk=self.instance.organization_id
            )
        self.fields["organization"].queryset = units.select_related("jurisdiction")
        self.fields["organization"].label_from_instance = with_place
        self.fields["username"].disabled = known
        if self.instance.pk == editor.pk:  # nobody changes their own post or unit
            self.fields["post"].disabled = self.fields["organization"].disabled = True

    def clean(self) -> dict:
        cleaned = super().clean()
        post, unit = cleaned.get("post"), cleaned.get("organization")
        if post and post not in ADMIN_POSTS and unit is None:
            self.add_error("organization", ValidationError("经办人和负责人须有所在单位。", code="required"))
        return cleaned


class OfficeForm(forms.ModelForm):
    """Which unit takes on which role in which jurisdiction."""

    class Meta:
        model = Office
        fields = ["jurisdiction", "role", "organization"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].initial = Jurisdiction.objects.values_list("pk", flat=True).first()
        self.fields["organization"].queryset = Organization.objects.filter(active=True).select_related("jurisdiction")
        self.fields["organization"].label_from_instance = with_place

    def clean(self) -> dict:
        cleaned = super().clean()
        place, unit = cleaned.get("jurisdiction"), cleaned.get("organization")
        if place and unit and unit.jurisdiction_id != place.pk:
            self.add_error("organization", ValidationError("请选择本辖区的单位。", code="elsewhere"))
        return cleaned


class CertificateForm(forms.ModelForm):
    """A certificate accepted in the stead of one that is no longer issued, with its basis (YQ-Q16)."""

    class Meta:
        model = CertificateType
        fields = ["code", "name", "substitute_for", "basis"]
        labels = {"substitute_for": "替代哪种证书", "basis": "依据文件"}
        help_texts = {"code": "英文小写、数字和短横线，例如 supervision-2026。登记后不再改。"}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        originals = CertificateType.objects.filter(substitute_for=None)
        self.fields["substitute_for"].queryset = originals
        self.fields["substitute_for"].required = self.fields["basis"].required = True
        self.fields["substitute_for"].label_from_instance = lambda original: (
            f"{CertificateFamily(original.family).label}：{original.name}"
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("substitute_for"):
            self.instance.family = cleaned["substitute_for"].family
        return cleaned
