"""Here: the code after the password: whose it is asked of, checking, enrolling. Not here: pages (pages/second_factor.py).

A session carries `DUE` until the code was given, and `MISSING` while somebody who must have a device has none; the
middleware leads such a session to the one page that helps. Every way of signing in passes the same signal.
"""

import secrets
from base64 import b32encode, b64encode
from io import BytesIO

import qrcode
from django.conf import settings
from django.db import transaction
from django_otp import match_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathImage

from organizations import audit
from organizations.models import ADMIN_POSTS, User

SESSION_KEY = "second_factor"
DUE, MISSING = "due", "missing"
NAME = "手机验证器"
BACKUP_CODES = 10


def device_of(user: User) -> TOTPDevice | None:
    """The confirmed authenticator of this person."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def required_of(user: User) -> bool:
    """Administrators need one where EGOV_REQUIRE_TOTP is on."""
    return settings.REQUIRE_TOTP and user.post in ADMIN_POSTS


def owed(user: User) -> str:
    """What a session that begins now still owes: DUE, MISSING or nothing."""
    if device_of(user):
        return DUE
    return MISSING if required_of(user) else ""


def check(user: User, code: str) -> Device | None:
    """The device that gave this code, or None. A backup code is used up; wrong codes slow down the next try."""
    device = match_token(user, "".join(code.split())[:16]) if code.strip() else None
    if device is None:
        audit.record(user, "second_factor_failed", user.username)
    return device


def begin(user: User) -> TOTPDevice:
    """A new authenticator that waits for its first code; an earlier attempt is forgotten."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name=NAME, confirmed=False)


def pending(user: User) -> TOTPDevice | None:
    """The authenticator that waits for its first code."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


@transaction.atomic
def confirm(device: TOTPDevice, code: str) -> list[str]:
    """Bind the authenticator when its first code is right, and return backup codes; an empty list when it is wrong."""
    if not device.verify_token("".join(code.split())[:16]):
        return []
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    audit.record(device.user, "second_factor_bound", device.user.username)
    return new_backup_codes(device.user)


@transaction.atomic
def new_backup_codes(user: User) -> list[str]:
    """Ten codes for once each; the ones before stop working."""
    device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": "备用码", "confirmed": True})
    device.token_set.all().delete()
    codes = [f"{secrets.randbelow(10**10):010d}" for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    audit.record(user, "backup_codes_made", user.username)
    return codes


def backup_codes_left(user: User) -> int:
    """How many backup codes have not been used."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def remove(user: User, *, actor: User, reason: str = "") -> None:
    """Forget every device of somebody: their own choice, or the security administrator's after a lost telephone."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    audit.record(actor, "second_factor_removed", user.username, reason=reason)


def picture(device: TOTPDevice) -> str:
    """The QR code as a data: address of an SVG picture."""
    out = BytesIO()
    qrcode.make(device.config_url, image_factory=SvgPathImage, border=2, box_size=10).save(out)
    return f"data:image/svg+xml;base64,{b64encode(out.getvalue()).decode()}"


def key_in_words(device: TOTPDevice) -> str:
    """The secret in groups of four, to be typed where no camera is at hand."""
    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
