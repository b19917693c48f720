"""Here: the one way to record who did what. Not here: reading it (see admin), nor a project's ledger of moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .models import AuditEvent, User

_ip: ContextVar[str | None] = ContextVar("organizations_audit_ip", default=None)

ACTION_LABELS: dict[str, str] = {
    "login": "登录",
    "logout": "退出",
    "login_failed": "登录失败",
    "login_locked": "登录被锁定",
    "password_changed": "修改密码",
    "profile_changed": "修改个人资料",
    "unit_profile_changed": "修改单位资料",
    "delegation_added": "登记委托",
    "delegation_ended": "收回委托",
    "admin_add": "后台新增",
    "admin_change": "后台修改",
}


def name_actions(labels: dict[str, str]) -> None:
    """Let a room give Chinese names to the action codes that it records."""
    ACTION_LABELS.update(labels)


@contextmanager
def coming_from(ip: str | None) -> Iterator[None]:
    """Note `ip` on everything recorded inside the block."""
    token = _ip.set(ip)
    try:
        yield
    finally:
        _ip.reset(token)


def record(
    actor: User | None,
    action: str,
    target: object = "",
    project_id: int | None = None,
    *,
    actor_name: str = "",
    **detail,
) -> AuditEvent:
    """Append one event; `actor` None means the system, or somebody not signed in who is named by `actor_name`."""
    known = actor if actor is not None and actor.pk is not None else None
    return AuditEvent.objects.create(
        actor=known,
        actor_name=_one_line(actor_name or (known.get_full_name() if known else ""), 150),
        action=action,
        target=_one_line(str(target), 200),
        project_id=project_id,
        detail=detail,
        ip=_ip.get(),
    )


def _one_line(text: str, length: int) -> str:
    return "".join(character if character.isprintable() else " " for character in text)[:length]
