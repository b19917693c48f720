"""Here: the daily letters on the command line. Not here: what they say (desk.letters)."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from desk.letters import write_digests


class Command(BaseCommand):
    help = "Send the daily e-mail to everybody who has something to do; a second run of the same day sends none"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="the day, as 2026-03-20 (default today)")

    def handle(self, *args: Any, on: date | None, **options: Any) -> None:
        self.stdout.write(f"letters {write_digests(on)}")
