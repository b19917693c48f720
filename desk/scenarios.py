"""Here: what a scenario may expect of inboxes. Not here: the runner (egov_projects.scenarios)."""

from desk.inbox import todo


def inbox(user, project) -> list[str]:
    """Names of what this person has to do for the project: a move, an evidence, a material, a rule to waive, a task."""
    return list(todo(user).filter(project=project).order_by("id").values_list("name", flat=True))
