"""Here: publishing a year's days off and days worked from a file. Not here: the checks."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from deadlines.calendar_files import read_days
from deadlines.publish import publish_year


class Command(BaseCommand):
    help = "Publish one year of the working calendar from a .csv or .xlsx file: all of it, or nothing"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="columns 日期, 安排 (放假/上班), 节日")
        parser.add_argument("--source", required=True, help="number of the notice that announces the year")
        parser.add_argument("--replace", action="store_true", help="correct a year that is already official")

    def handle(self, *args: Any, file: Path, source: str, replace: bool, **options: Any) -> None:
        try:
            year, recomputed = publish_year(read_days(file), source, replace=replace)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        except OSError as error:
            raise CommandError(f"无法读取文件：{error.strerror}") from None
        self.stdout.write(f"{year}年放假安排已公布，重新推算时限{recomputed}项。")
