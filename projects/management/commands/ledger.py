"""Here: asking for the ledger from the command line. Not here: what is checked (projects/ledger.py)."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from projects.ledger import head, problems
from projects.models import Project


class Command(BaseCommand):
    help = "verify: check chains, hashes, heads and past decisions; anchor: print the heads, to be kept elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand each, for one project or all."""
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="check everything; fails when something is not as the door left it")
        verify.add_argument("--anchors", type=Path, help="heads that were printed earlier")
        anchor = actions.add_parser("anchor", help="one line of JSON per project")
        for action in (verify, anchor):
            action.add_argument("number", nargs="?", default="", help="one project, e.g. YQ-2026-0001")

    def handle(self, *args: Any, action: str, number: str, **options: Any) -> None:
        """Run one subcommand. Raises CommandError."""
        projects = chosen(number)
        if action == "anchor":
            for project in projects.iterator():
                self.stdout.write(json.dumps(head(project)))
            return
        anchors = anchors_in(options["anchors"])
        self.verify(projects, {key: each for key, each in anchors.items() if number in ("", key)})

    def verify(self, projects: QuerySet[Project], anchors: dict[str, dict]) -> None:
        """Print what is wrong, project by project. Raises CommandError when anything is."""
        count, found = 0, []
        for project in projects.iterator():
            count += 1
            found += [
                f"{project.number} {each}" for each in problems(project, anchor=anchors.pop(project.number, None))
            ]
        found += [f"{number}: anchored, but no longer there" for number in anchors]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{count} ledgers are sound")


def chosen(number: str) -> QuerySet[Project]:
    """One project, or all. Raises CommandError for a number that nobody has."""
    projects = Project.objects.order_by("pk")
    if not number:
        return projects
    if not projects.filter(number=number).exists():
        raise CommandError(f"no project {number}")
    return projects.filter(number=number)


def anchors_in(path: Path | None) -> dict[str, dict]:
    """Anchors by project number. Raises CommandError for a file that holds something else."""
    if path is None:
        return {}
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return {row["number"]: {"length": int(row["length"]), "head": str(row["head"])} for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path}: not a list of anchors ({error})") from error
