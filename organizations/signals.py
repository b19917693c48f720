"""Here: every sign-in, sign-out, failure and lockout goes on record. Not here: deciding about them (see axes)."""

from axes.signals import user_locked_out
from django.contrib.auth import SESSION_KEY as SESSION_USER
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from . import audit, second_factor


@receiver(user_logged_in, dispatch_uid="organizations.login")
def on_login(sender, request, user, **kwargs) -> None:
    audit.record(user, "login", user.username)
    # A token is given without a session; its door asks for the code itself.
    if SESSION_USER in getattr(request, "session", {}) and (owed := second_factor.owed(user)):
        request.session[second_factor.SESSION_KEY] = owed


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
