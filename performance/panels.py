"""Here: earlier evaluations beside a project that is being decided. Not here: the results themselves (results.py)."""

from django.db.models import Q

from performance.results import results_of
from projects.models import Project
from projects.panels import panel

SHOWN = 5


@panel("earlier_results", template="performance/_earlier.html", side=True, order=35)
def earlier_results(project, user) -> dict | None:
    """Results of the system it serves and of the unit's other projects, newest first; nothing without any (YQ-3.8-6, -7)."""
    system = project.serves_id or project.pk
    family = Q(pk=system) | Q(serves=system) | Q(pk=project.pk)
    related = Project.objects.filter(family | Q(department=project.department_id))
    rows = list(results_of(related)[: SHOWN * 4])
    if not rows:
        return None
    own = [row for row in rows if system in (row.project_id, row.project.serves_id)]
    return {"own": own[:SHOWN], "others": [row for row in rows if row not in own][:SHOWN]}
