"""Here: e-mail to those whose turn it is, each occasion once. Not here: when it runs (tasks), what lies in an inbox."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from deadlines.calendar import city_calendar
from desk import board
from desk.inbox import link, todo, unread
from desk.models import Duty, Mail
from organizations import clock
from organizations.models import BUSINESS_POSTS, MailChoice, User

LISTED = 20
CAUGHT_UP = timedelta(days=3)

logger = structlog.get_logger(__name__)


def announce(duties: Iterable[Duty]) -> None:
    """After this transaction, write to those who want a letter for each thing; a broker that is down delays it only."""
    new = [duty.pk for duty in duties]
    if new:
        transaction.on_commit(partial(_hand_over, new), robust=True)


def _hand_over(duties: list[int]) -> None:
    from desk.tasks import letters

    if _readers(MailChoice.EACH).exists():
        letters.delay(duties)


def write_at_once(duties: Iterable[int]) -> int:
    """A letter for each of these duties to whoever has it in the inbox and wants it at once; returns how many went out."""
    sent = 0
    for user in _readers(MailChoice.EACH):
        for duty in todo(user).filter(pk__in=duties).order_by("pk"):
            title = f"待办:{duty.label} {duty.project.name}"
            text = f"轮到您办理“{duty.label}”。\n\n项目:{duty.project.name}({duty.project.number})\n"
            sent += _send(user, f"duty:{duty.pk}", title, f"{text}{settings.SITE_ADDRESS}{link(duty)}\n{CLOSING}")
    return sent


def write_digests(on: date | None = None) -> int:
    """One letter a working day to everybody who wants that and has something to do; a second run sends none.

    What was to go out at once and did not is made up for. Returns how many letters went out.
    """
    day = on or clock.today()
    if not city_calendar().is_workday(day):
        return 0
    with clock.at(day):
        new = Duty.objects.filter(since__gte=day - CAUGHT_UP, since__lte=day).values_list("pk", flat=True)
        sent = write_at_once(list(new)) if _readers(MailChoice.EACH).exists() else 0
        for user in _readers(MailChoice.DAILY).iterator():
            counts = board.counts(user)
            if counts["total"]:
                title = f"今天要办 {counts['total']} 件" + (f",{counts['late']} 件已超期" if counts["late"] else "")
                sent += _send(user, f"digest:{day}", title, "\n".join(_digest(user, title, counts)))
    return sent


def _digest(user: User, title: str, counts: dict[str, int]) -> Iterator[str]:
    yield f"{user.get_full_name()}:{title}。\n"
    rows, _ = board.page(user, {})
    for row in rows[:LISTED]:
        yield f"[{row.chip.text}] {row.duty.label} · {row.duty.project.name}({row.duty.project.number})"
    if counts["total"] > LISTED:
        yield f"……共 {counts['total']} 件"
    if news := unread(user):
        yield f"\n另有 {news} 条未读通知。"
    yield f"\n{settings.SITE_ADDRESS}/\n{CLOSING}"


CLOSING = "\n(可在“个人资料”里改为即时、每日汇总或不发邮件。)"


def _readers(choice: str):
    people = User.objects.filter(is_active=True, post__in=BUSINESS_POSTS, organization__active=True, mail_choice=choice)
    return people.exclude(email="").select_related("organization").order_by("pk")


def _send(user: User, key: str, title: str, text: str) -> int:
    """Send once; a letter that the server does not take is tried again at the next run."""
    claimed, new = Mail.objects.get_or_create(user=user, key=key, defaults={"at": clock.now()})
    if not new:
        return 0
    try:
        return EmailMessage(" ".join(title.split()), text, to=[user.email]).send()
    except OSError as fault:  # smtplib's errors are OSErrors
        claimed.delete()
        logger.warning("letter_not_sent", user_id=user.pk, reason=str(fault))
        return 0
