"""Here: writing the search texts anew on the command line. Not here: what they hold (projects.search)."""

from typing import Any

from django.core.management.base import BaseCommand

from projects.models import Project
from projects.search import reindex


class Command(BaseCommand):
    help = "Write what projects are found by anew, after a bulk import or an upgrade; a second run writes nothing"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reindex(Project.objects.all())} written")
