"""Here: the base of REST views about one project. Not here: the views."""

from django.http import Http404
from rest_framework.views import APIView

from projects.looking import opened
from projects.models import Project
from projects.scope import visible_projects


class ProjectView(APIView):
    """Base of everything about one project: what is not this person's to see is 404, what they only look at read-only."""

    def project(self, number: str) -> Project:
        """The visible project of this number."""
        found = (
            visible_projects(self.request.user)
            .select_related("department", "jurisdiction")
            .filter(number=number)
            .first()
        )
        if found is None:
            raise Http404
        opened(self.request, found)
        return found
