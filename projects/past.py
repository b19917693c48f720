"""Here: who sees and who keeps the register of past projects. Not here: its page (views/past.py), comparing (reviews)."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from organizations import audit, clock
from organizations.models import Organization
from organizations.roles import office_jurisdictions, office_roles
from projects.forms import formfield
from projects.models import PastProject

KEEPERS = {"centre"}
COLUMNS = [
    "department", "name", "old_number", "year", "kind", "objective", "investment", "contracted", "contractor",
    "accepted_on", "standing", "note",
]  # fmt: skip
FIRST_YEAR = 1990


def visible_past(user) -> QuerySet[PastProject]:
    """Those of one's own unit; for an office all of its jurisdiction."""
    if not getattr(user, "is_authenticated", False) or not user.is_active or not user.is_business:
        return PastProject.objects.none()
    own = Q(department=user.organization_id) if user.organization_id else Q(pk__in=[])
    return PastProject.objects.filter(own | Q(jurisdiction__in=office_jurisdictions(user))).select_related("department")


def may_keep(user) -> bool:
    """The centre of a place keeps its register."""
    unit = user.organization if user.is_business else None
    return bool(unit and KEEPERS & office_roles(user, unit.jurisdiction_id))


class PastProjectForm(forms.ModelForm):
    """The one input check of a past project; give it an instance with its jurisdiction."""

    class Meta:
        model = PastProject
        fields = COLUMNS
        formfield_callback = formfield

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Organization.objects.filter(jurisdiction=self.instance.jurisdiction)

    def clean_year(self) -> int:
        """A year that has begun."""
        year = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= clock.today().year:
            raise ValidationError(f"年度应在 {FIRST_YEAR} 年至今年之间。", code="range")
        return year

    def clean_accepted_on(self):
        """A past project was accepted in the past."""
        day = self.cleaned_data["accepted_on"]
        if day and day > clock.today():
            raise ValidationError("日期不能晚于今天。", code="future")
        return day

    def clean(self) -> dict:
        """What was accepted had begun before."""
        cleaned = super().clean()
        day, year = cleaned.get("accepted_on"), cleaned.get("year")
        if day and year and day.year < year:
            self.add_error("accepted_on", ValidationError("验收日期不能早于项目年度。", code="order"))
        return cleaned

    def validate_unique(self) -> None:
        """Also within the place, which nobody types."""
        exclude = self._get_validation_exclusions() - {"jurisdiction"}
        try:
            self.instance.validate_constraints(exclude=exclude)
        except ValidationError as error:
            self.add_error(None, error)


@transaction.atomic
def keep(form: PastProjectForm, *, actor) -> PastProject:
    """Add a past project from a valid form."""
    form.instance.added_by, form.instance.added_at = actor, clock.now()
    found = form.save()
    audit.record(actor, "past.add", target=str(found))
    return found
