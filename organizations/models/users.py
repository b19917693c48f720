"""Here: people who sign in, and the post each holds. Not here: what a post may do to a project."""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models

from .organizations import validate_phone


class Post(models.TextChoices):
    CLERK = "clerk", "经办人"
    HEAD = "head", "负责人"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全保密管理员"
    AUDIT_ADMIN = "audit_admin", "安全审计员"


BUSINESS_POSTS = frozenset({Post.CLERK, Post.HEAD})
ADMIN_POSTS = frozenset({Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN})
POSTS_WITH_ADMIN_SITE = frozenset({Post.SYSTEM_ADMIN, Post.AUDIT_ADMIN})


class MailChoice(models.TextChoices):
    EACH = "each", "每件即时"
    DAILY = "daily", "每日汇总"
    NEVER = "never", "不发邮件"


class UserManager(DjangoUserManager):
    def create_superuser(self, username, email=None, password=None, **fields):
        """The first 系统管理员: somebody who opens accounts, and never an all-powerful user (三权分立)."""
        return self.create_user(username, email, password, **fields | {"post": Post.SYSTEM_ADMIN})


class User(AbstractUser):
    """A person with one post in one unit. What they may do follows from post and office, from nothing else."""

    first_name = None
    last_name = None
    display_name = models.CharField("姓名", max_length=40)
    organization = models.ForeignKey(
        "organizations.Organization",
        verbose_name="单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="users",
    )
    post = models.CharField("岗位", max_length=16, choices=Post.choices, default=Post.CLERK)
    phone = models.CharField("电话", max_length=20, blank=True, validators=[validate_phone])
    mail_choice = models.CharField("邮件提醒", max_length=5, choices=MailChoice.choices, default=MailChoice.DAILY)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)

    objects = UserManager()
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.get_full_name()

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """Keep the door to the admin site in step with the post, whoever sets it."""
        self.is_staff = self.post in POSTS_WITH_ADMIN_SITE
        if update_fields is not None and "post" in update_fields:
            update_fields = {*update_fields, "is_staff"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def refresh_from_db(self, *args, **kwargs) -> None:
        super().refresh_from_db(*args, **kwargs)
        for known in ("_standing", "_stands_for", "_looked_into"):
            self.__dict__.pop(known, None)

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    def revoke_tokens(self) -> None:
        """End every API token of this person, as a changed password ends every other session."""
        self.auth_token_set.all().delete()

    @property
    def is_business(self) -> bool:
        """Whether this person may take part in business at all: active, in a unit, not an administrator."""
        return self.is_active and self.organization_id is not None and self.post in BUSINESS_POSTS

    def has_perm(self, perm, obj=None) -> bool:
        """Always no: Django's permission tables and the superuser flag grant nothing here."""
        return False

    def has_module_perms(self, app_label) -> bool:
        """Always no, see has_perm; the admin site asks for the post instead."""
        return False
