"""Here: asking for the kept sums from the command line. Not here: how they are kept and compared (rollups.py, drift.py)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organizations.models import Jurisdiction
from reports.drift import check, rebuild


class Command(BaseCommand):
    help = "check: compare the sums of the dashboard with the raw rows; rebuild: make them anew while others work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand each, for one jurisdiction or all."""
        actions = parser.add_subparsers(dest="action", required=True)
        for name, help_text in (("check", "print what differs; fails when anything does"), ("rebuild", "then check")):
            action = actions.add_parser(name, help=help_text)
            action.add_argument("--jurisdiction", default="", metavar="CODE")

    def handle(self, *args: Any, action: str, jurisdiction: str, **options: Any) -> None:
        """Run one subcommand. Raises CommandError when a difference is left."""
        place = _named(jurisdiction) if jurisdiction else None
        if action == "rebuild":
            self.stdout.write(f"{rebuild(place)} projects and places put right")
        drift = check(place)
        if drift.found:
            wrong = [f"project {pk}: amounts are not as last counted" for pk in drift.wrong]
            raise CommandError("\n".join([*drift.words(), *wrong]))
        self.stdout.write(f"{drift.projects} projects compared, difference 0.00")


def _named(code: str) -> Jurisdiction:
    """Raises CommandError for a code that nobody has."""
    try:
        return Jurisdiction.objects.get(code=code)
    except Jurisdiction.DoesNotExist as error:
        raise CommandError(f"no jurisdiction {code}") from error
