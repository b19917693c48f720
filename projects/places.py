"""Here: choosing one of several places in a list. Not here: which places somebody may read (scope.py)."""

from django import forms
from django.db.models import QuerySet

from organizations.models import Jurisdiction
from organizations.roles import office_jurisdictions
from projects.scope import looked_into, places_of


def several(user) -> bool:
    """Whether this person finds projects of more than one place; asks nothing of whoever holds no office above others."""
    return len(office_jurisdictions(user) | looked_into(user)) > 1


def offer_places(form: forms.Form, user) -> None:
    """Let the form ask for one place (`place`, by its code) where the reader finds several; else it has no such field."""
    form.fields.pop("place", None)
    if several(user):
        choices = [("", "全部"), *((place.code, place.name) for place in places_of(user))]
        form.fields["place"] = forms.ChoiceField(label="辖区", choices=choices, required=False)


def name_units(form: forms.Form) -> None:
    """Name the units to choose from with their place where the form asks for one: each has a 财政局."""
    if "place" in form.fields:
        unit = form.fields["unit"]
        unit.queryset = unit.queryset.select_related("jurisdiction").order_by("jurisdiction__code", "name")
        unit.label_from_instance = lambda each: f"{each.jurisdiction} {each}"


def chosen_place(user, code: str) -> Jurisdiction | None:
    """The place with this code among those that the reader finds, where they find several."""
    return next((place for place in places_of(user) if place.code == code), None) if code and several(user) else None


def in_place(rows: QuerySet, code: str | None, path: str = "jurisdiction") -> QuerySet:
    """Only rows of the place with this code, if one is asked for; `path` leads from the row to its place."""
    return rows.filter(**{f"{path}__code": code}) if code else rows
