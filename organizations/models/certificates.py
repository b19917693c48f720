"""Here: the table of certificate types and their registered substitutes (YQ-Q16). Not here: anyone's certificate."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q


class CertificateFamily(models.TextChoices):
    CONSULTING = "consulting", "工程咨询"
    SUPERVISION = "supervision", "监理"
    SUPERVISOR_PERSON = "supervisor_person", "监理人员"
    TESTING = "testing", "测评认证"


class CertificateType(models.Model):
    """A kind of certificate that a clause asks for, or one accepted in its stead on a stated basis."""

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=100)
    family = models.CharField("类别", max_length=20, choices=CertificateFamily.choices)
    substitute_for = models.ForeignKey(
        "self", verbose_name="替代", null=True, blank=True, on_delete=models.PROTECT, related_name="substitutes"
    )
    basis = models.CharField("依据", max_length=300, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登记人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="certificate_types",
    )
    active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "证书类型"
        ordering = ["family", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(substitute_for=None) | ~Q(basis=""),
                name="certificate_substitute_has_basis",
                violation_error_message="替代证书须写明依据。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A substitute stands in for an original of its own family, not for another substitute."""
        super().clean()
        original = self.substitute_for
        if original is None:
            return
        if original.family != self.family:
            raise ValidationError({"substitute_for": "替代证书须与被替代的证书属同一类别。"})
        if original.substitute_for_id is not None or original.pk == self.pk:
            raise ValidationError({"substitute_for": "请选择原定的证书，不能替代另一种替代证书。"})
