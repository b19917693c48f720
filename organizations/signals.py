"""Here: every sign-in, sign-out, failure and lockout goes on record. Not here: deciding about them (see axes)."""

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from . import audit


@receiver(user_logged_in, dispatch_uid="organizations.login")
def on_login(sender, request, user, **kwargs) -> None:
    audit.record(user, "login", user.username)


@receiver(user_logged_out, dispatch_uid="organizations.logout")
def on_logout(sender, request, user, **kwargs) -> None:
    if user is not None:
        audit.record(user, "logout", user.username)


@receiver(user_login_failed, dispatch_uid="organizations.login_failed")
def on_login_failed(sender, credentials, **kwargs) -> None:
    name = str(credentials.get("username") or "")
    audit.record(None, "login_failed", name, actor_name=name)


@receiver(user_locked_out, dispatch_uid="organizations.login_locked")
def on_locked_out(sender, request, username, **kwargs) -> None:
    audit.record(None, "login_locked", username or "", actor_name=username or "")
