"""Here: the daily round on the command line. Not here: the round itself."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from deadlines.sweep import sweep
from organizations import clock
from projects.standing import refresh_by_day


class Command(BaseCommand):
    help = "Open reports, mark what is due soon, late or waiting long, take lateness up; a second run adds nothing"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="the day to sweep for, as 2026-03-20 (default today)")

    def handle(self, *args: Any, on: date | None, **options: Any) -> None:
        swept = sweep(on)
        with clock.at(on or clock.today()):
            flags = refresh_by_day()
        marks = f"reminders {swept.reminders}, late {swept.late}, waiting {swept.waiting}"
        self.stdout.write(f"{marks}, reports {swept.reports}, escalated {swept.escalated}, flags {flags}")
