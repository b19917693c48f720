"""Here: what the forms of this room share: checklists, lists of names, dates that have come. Not here: any one form."""

import re

from django import forms
from django.core.exceptions import ValidationError

from organizations import clock
from projects.forms import EvidenceForm
from reviews import checklist
from reviews.criteria import ITEMS


def not_in_future(value):
    """The date itself. Raises ValidationError for one that has not come yet."""
    if value and value > clock.today():
        raise ValidationError("日期不能晚于今天。", code="future")
    return value


class NamesField(forms.Field):
    """A list of names: from REST and scenarios a list, from a browser a text with a name per line or 、 between them."""

    several = True

    widget = forms.Textarea
    separators = re.compile(r"[、,,;;\n]+")

    def to_python(self, value) -> list[str]:
        """The names in order, each once. Raises ValidationError for anything else."""
        if value in (None, ""):
            return []
        parts = self.separators.split(value) if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(each, str) for each in parts):
            raise ValidationError("请填写姓名,一行一位。", code="invalid")
        return list(dict.fromkeys(each.strip() for each in parts if each.strip()))

    def prepare_value(self, value):
        """As a person edits it: one name per line."""
        return "\n".join(value) if isinstance(value, list) else value


class ChecklistForm(EvidenceForm):
    """A form with a checklist over `items`; blank conclusions are read and left to the rules."""

    items: tuple[str, ...] = tuple(ITEMS)

    def order_columns(self) -> None:
        """Offer every item as a row, and today as the day of signing."""
        offered = checklist.applying(self.project.pack, self.items)
        self.fields["checklist"].initial = [{"item": item} for item in offered]
        self.fields["signed_on"].initial = clock.today()

    def clean_checklist(self) -> list[dict]:
        """Each item at most once, and only those of this review."""
        rows = self.cleaned_data["checklist"]
        named = [row["item"] for row in rows]
        if twice := sorted({item for item in named if named.count(item) > 1}):
            raise ValidationError(f"审核项 {'、'.join(twice)} 填了不止一次。", code="twice")
        if strange := sorted(set(named) - set(self.items)):
            raise ValidationError(f"审核项 {'、'.join(strange)} 不在本次清单内。", code="invalid")
        return rows

    def clean_signed_on(self):
        """Nobody signs ahead of the day."""
        return not_in_future(self.cleaned_data["signed_on"])

    @property
    def principles(self) -> list[str]:
        """Read-only help at the head of the form (YQ-1.2-1)."""
        return checklist.principles(self.project.pack)

    @property
    def beside(self) -> dict[str, list[str]]:
        """What the filing says, by item."""
        return checklist.beside(self.project)
