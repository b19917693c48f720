"""Here: whether a listed expert belongs to a unit. Not here: the draw from the pool."""

from organizations.models import User
from reviews.models import Expert


def of_unit(project, names: list[str]) -> list[str]:
    """Names of people who work for the unit that owns the project: by the expert pool, or as users of the unit."""
    unit = project.department
    known_as = [unit.name, unit.short_name] if unit.short_name else [unit.name]
    pool = Expert.objects.filter(jurisdiction=project.jurisdiction, name__in=names, employer__in=known_as)
    users = User.objects.filter(organization=unit, display_name__in=names)
    own = {*pool.values_list("name", flat=True), *users.values_list("display_name", flat=True)}
    return [name for name in names if name in own]
