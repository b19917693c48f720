"""Here: what scenarios may ask about papers. Not here: playing them (egov_projects.scenarios)."""

from papers.models import Paper


def issued(project) -> list[str]:
    """The names of the project's papers in force: replaced ones are left out."""
    return list(Paper.objects.filter(project=project, replaced_by=None).values_list("label", flat=True))
