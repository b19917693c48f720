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
    "second_factor_bound": "绑定两步验证",
    "second_factor_removed": "解除两步验证",
    "second_factor_failed": "验证码错误",
    "backup_codes_made": "生成备用码",
    "unit_opened": "新增单位",
    "unit_changed": "修改单位",
    "unit_closed": "停用单位",
    "unit_reopened": "启用单位",
    "account_opened": "开通账号",
    "account_changed": "修改账号",
    "account_closed": "停用账号",
    "account_reopened": "启用账号",
    "password_reset": "重置密码",
    "office_given": "登记职责",
    "office_taken": "收回职责",
    "certificate_registered": "登记证书类型",
    "certificate_retired": "停用证书类型",
    "certificate_restored": "启用证书类型",
    "lockout_released": "解除登录锁定",
    "session_ended": "结束会话",
    "token_revoked": "吊销令牌",
    "calendar_published": "发布工作日历",
    "handover": "办理交接",
    "hand": "转办",
    "draft.hand": "交接草稿",
    "consult": "发起加签",
    "consult.answer": "答复加签",
    "consult.hand": "交接加签",
    "consult.withdraw": "收回加签",
    "urge": "催办",
    "project.open": "新建项目",
    "project.look": "上级查阅",
    "project.claimed": "按上级文件办理",
    "place.add": "新增辖区",
    "place.change": "修改辖区",
    "waiver.request": "申请例外",
    "waiver.decide": "决定例外",
    "parameter.set": "设置参数",
    "instrument.end": "登记文件失效",
    "instrument.transition": "决定适用新旧文件",
    "batch.publish": "发布申报通知",
    "comment": "留言",
    "copy": "抄送",
    "envelope.set": "登记可用财力",
    "expert.add": "登记专家",
    "expert.change": "修改专家",
    "expert_draw.seal": "封存抽取条件",
    "expert_draw.opinion": "预填专家意见",
    "plan.lock": "锁定年度计划",
    "plan.unlock": "解锁年度计划",
    "phrase.add": "增加常用语",
    "phrase.end": "停用常用语",
    "sweep": "时限巡检",
    "past.add": "登记历史项目",
    "view.save": "保存视图",
    "view.default": "设置默认视图",
    "audit_exported": "导出审计日志",
    "ledger_verified": "核验台账",
    "anchor.write": "生成台账锚定页",
    "anchor.fetch": "下载台账锚定页",
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
