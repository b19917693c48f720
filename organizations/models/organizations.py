"""Here: the units of a jurisdiction and who leads their informatisation. Not here: which offices they hold."""

from django.core.validators import RegexValidator
from django.db import models

from ..credit_codes import CreditCodeField

validate_phone = RegexValidator(
    r"^\+?\d[\d\- ]{4,18}\d$", "请填写电话号码，只含数字、空格和短横线，例如 0577-61880000。"
)


class OrganizationType(models.TextChoices):
    TOWN = "town", "镇"
    SUBDISTRICT = "subdistrict", "街道"
    PARK = "park", "园区管委会"
    DIRECT = "direct", "市直属单位"
    COPIED = "copied", "抄送单位"
    OTHER = "other", "其他"


class Organization(models.Model):
    """A unit that files projects, holds an office, or both; deactivated when dissolved, never deleted."""

    PROFILE_FIELDS = (
        "leader_name",
        "leader_post",
        "leader_phone",
        "liaison_name",
        "liaison_post",
        "liaison_phone",
    )

    jurisdiction = models.ForeignKey(
        "organizations.Jurisdiction", verbose_name="辖区", on_delete=models.PROTECT, related_name="organizations"
    )
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    credit_code = CreditCodeField("统一社会信用代码", null=True, blank=True)
    type = models.CharField("类型", max_length=12, choices=OrganizationType.choices, default=OrganizationType.DIRECT)
    leader_name = models.CharField("分管领导姓名", max_length=40, blank=True)
    leader_post = models.CharField("分管领导职务", max_length=60, blank=True)
    leader_phone = models.CharField("分管领导电话", max_length=20, blank=True, validators=[validate_phone])
    liaison_name = models.CharField("联络人姓名", max_length=40, blank=True)
    liaison_post = models.CharField("联络人职务", max_length=60, blank=True)
    liaison_phone = models.CharField("联络人电话", max_length=20, blank=True, validators=[validate_phone])
    active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["jurisdiction_id", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                name="organization_name_once",
                violation_error_message="本辖区已有同名单位。",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "credit_code"],
                name="organization_credit_code_once",
                violation_error_message="本辖区已有单位使用这个统一社会信用代码。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def profile_complete(self) -> bool:
        """Whether 分管领导 and 电子政务联络人 are both named with post and phone (YQ-2.2-1)."""
        return all(getattr(self, name).strip() for name in self.PROFILE_FIELDS)
