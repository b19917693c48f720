"""Here: who stands in for whom, from when to when. Not here: what the delegate may then do (see roles)."""

from datetime import date

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import F, Q

from .users import BUSINESS_POSTS


class DelegationQuerySet(models.QuerySet):
    def overlapping(self, starts_on: date, ends_on: date) -> "DelegationQuerySet":
        """Those in force on at least one day of the range, both ends included."""
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)

    def active_on(self, day: date) -> "DelegationQuerySet":
        """Those that bind on `day`: in range, both people active business users of one and the same unit."""
        return self.overlapping(day, day).filter(
            principal__organization=F("delegate__organization"),
            principal__is_active=True,
            delegate__is_active=True,
            principal__post__in=BUSINESS_POSTS,
            delegate__post__in=BUSINESS_POSTS,
        )


class Delegation(models.Model):
    """委托: within one unit, for a range of days (both included), not to oneself and not passed on."""

    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="委托人", on_delete=models.PROTECT, related_name="delegations_given"
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="受托人", on_delete=models.PROTECT, related_name="delegations_held"
    )
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    reason = models.CharField("事由", max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登记人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="delegations_registered",
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "委托"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="delegation_days_in_order",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=~Q(principal=F("delegate")),
                name="delegation_not_to_oneself",
                violation_error_message="不能委托给本人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal} 委托 {self.delegate}（{self.starts_on} 至 {self.ends_on}）"

    def clean(self) -> None:
        """Refuse a delegation across units, to or by an administrator, or one that makes a chain."""
        super().clean()
        if self.principal_id is None or self.delegate_id is None:
            return
        errors = self._people_errors()
        if self.starts_on and self.ends_on and not errors:
            errors = self._chain_errors()
        if errors:
            raise ValidationError(errors)

    def _people_errors(self) -> dict[str, str]:
        if not self.principal.is_business:
            return {NON_FIELD_ERRORS: "委托人须是在岗的经办人或负责人。"}
        if not self.delegate.is_business:
            return {"delegate": "受托人须是在岗的经办人或负责人。"}
        if self.principal.organization_id != self.delegate.organization_id:
            return {"delegate": "只能委托给本单位的人员。"}
        return {}

    def _chain_errors(self) -> dict[str, str]:
        others = Delegation.objects.exclude(pk=self.pk).overlapping(self.starts_on, self.ends_on)
        if others.filter(delegate=self.principal_id).exists():
            return {NON_FIELD_ERRORS: "委托人在这段时间里本身是受托人，不能转委托。"}
        if others.filter(principal=self.delegate_id).exists():
            return {"delegate": "受托人在这段时间里已把工作委托他人，不能再受托。"}
        return {}
