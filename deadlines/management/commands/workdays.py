"""Here: the n-th working day after a date, on the command line. Not here: the arithmetic."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deadlines.calendar import due, label


class Command(BaseCommand):
    help = "Print the n-th working day after a date, e.g. workdays 2026-11-22 +40"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("start", help="date, as 2026-11-22; the day after it is day 1")
        parser.add_argument("n", type=int, help="number of working days, as +40")

    def handle(self, *args: Any, start: str, n: int, **options: Any) -> None:
        try:
            answer = due(date.fromisoformat(start), n, "working_days")
        except (ValueError, OverflowError) as error:
            raise CommandError(str(error)) from None
        weekday = "一二三四五六日"[answer.day.weekday()]
        note = f"（{label(answer)}）" if answer.provisional else ""
        self.stdout.write(f"{answer.day} 周{weekday}{note}")
