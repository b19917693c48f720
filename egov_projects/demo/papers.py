"""Here: the papers that offices of the demo city issue by their button. Not here: those that moves issue, drawing any."""

from egov_projects.demo.people import People
from projects import papers
from projects.models import Project


def issue(people: People, project: Project) -> int:
    """Everything that each office, and the unit, can issue for the project now; how many that were."""
    project.refresh_from_db()
    count = 0
    for user in (*people.actors.values(), project.created_by):
        for offer in papers.offers(project, user):
            papers.issue(project.pk, offer.kind.name, actor=user)
            count += 1
    return count
