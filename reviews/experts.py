"""Here: whether a listed expert belongs to a unit. Not here: the draw from the pool."""

from organizations.models import User
from reviews.models import Expert


def names_of(unit) -> list[str]:
    """The names an employer may go by: the unit's full name, and the short one where there is one."""
    return [unit.name, unit.short_name] if unit.short_name else [unit.name]


def of_unit(project, names: list[str]) -> list[str]:
    """Names of people who work for the unit that owns the project: by the expert pool, or as users of the unit."""
    unit = project.department
    known_as = names_of(unit)
    pool = Expert.objects.filter(jurisdiction=project.jurisdiction, name__in=names, employer__in=known_as)
    users = User.objects.filter(organization=unit, display_name__in=names)
    own = {*pool.values_list("name", flat=True), *users.values_list("display_name", flat=True)}
    return [name for name in names if name in own]
