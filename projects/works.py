"""Here: what background work must know of projects: who sees which, and which refusals are final. Not here: jobs."""

from jobs.errors import final
from jobs.scope import projects_seen_by
from projects.errors import ProjectError
from projects.scope import visible_projects

projects_seen_by(visible_projects)
final(ProjectError, lambda error: f"{error.title}:{error.detail}")
