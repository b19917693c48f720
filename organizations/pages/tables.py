"""Here: what the lists of the administrators share: a page of rows, an edit that goes on record. Not here: any list."""

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm

from organizations import audit
from organizations.models import User

ROWS = 50


def page_of(rows: QuerySet, number: str | None) -> Page:
    """A page of rows; whatever is no page number shows the nearest page there is."""
    return Paginator(rows, ROWS).get_page(number)


def standing(active: str, column: str) -> dict:
    """The filter of 在用 / 已停用."""
    return {column: active == "yes"} if active else {}


@transaction.atomic
def saved(form: ModelForm, action: str, *, actor: User):
    """Save an edit with the fields it changed; what was before and after goes on record."""
    before = {name: str(form.initial.get(name) or "") for name in form.changed_data}
    row = form.save()
    after = {name: str(form.cleaned_data[name] or "") for name in form.changed_data}
    if form.changed_data:
        audit.record(actor, action, row, before=before, after=after)
    return row
