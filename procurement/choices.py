"""Here: choosing an earlier record of the same project by its readable code. Not here: any particular form."""

from django import forms
from django.core.exceptions import ValidationError

from organizations import clock


class RecordChoice(forms.ModelChoiceField):
    """A record named by its code (CG1, CG1-V2, HT-1/3); forms fill `queryset` with those of their project."""

    default_error_messages = {"invalid_choice": "没有这一项,请从本项目已登记的记录中选择。"}

    def __init__(self, model, *, label: str) -> None:
        super().__init__(queryset=model.objects.none(), to_field_name="code", label=label)


def not_in_future(day, label: str):
    """The day itself. Raises ValidationError for a day that has not come."""
    if day > clock.today():
        raise ValidationError(f"{label}不能晚于今天。", code="future")
    return day
