"""Here: 统一社会信用代码 (GB 32100-2015), its check character and its model field. Not here: who owns a code."""

from django.core.exceptions import ValidationError
from django.db import models

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def check_character(body: str) -> str:
    """The 18th character that belongs to the first 17; raises ValueError for a letter the code never uses."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def validate_credit_code(code: str) -> None:
    """Refuse, in words a clerk can act on, a code of wrong length, wrong letters or wrong check character."""
    if len(code) != LENGTH:
        raise ValidationError(f"统一社会信用代码应为 {LENGTH} 位，现为 {len(code)} 位。", code="length")
    strangers = sorted(set(code) - set(ALPHABET))
    if strangers:
        raise ValidationError(f"统一社会信用代码中不会出现“{'、'.join(strangers)}”，请核对。", code="characters")
    if check_character(code[:-1]) != code[-1]:
        raise ValidationError("统一社会信用代码的校验位不符，请对照证照核对各位字符。", code="check")


class CreditCodeField(models.CharField):
    """A credit code, or None while it is unknown; typed spaces and small letters are put right before the check."""

    default_validators = [validate_credit_code]

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("max_length", LENGTH)
        super().__init__(*args, **kwargs)

    def to_python(self, value: object) -> str | None:
        text = super().to_python(value)
        return "".join(text.split()).upper() or None if text else None

    def formfield(self, **kwargs):
        # The form must take a pasted code with spaces; length is judged after they are removed.
        field = super().formfield(**kwargs)
        field.max_length = None
        field.validators = []
        field.widget.attrs.pop("maxlength", None)
        return field
