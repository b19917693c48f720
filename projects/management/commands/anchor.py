"""Here: the ledgers' anchor on the command line. Not here: what it holds (projects/anchors.py)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from projects.anchors import write_anchor


class Command(BaseCommand):
    help = "Write down the heads of all ledgers under one root hash, once a day; --to also copies the file elsewhere"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="a file outside this machine's own store")

    def handle(self, *args: Any, to: Path | None, **options: Any) -> None:
        anchor = write_anchor()
        if to:
            with anchor.file.open("rb") as file:
                to.write_bytes(file.read())
        self.stdout.write(f"{anchor.on} {anchor.ledgers} ledgers, root {anchor.algorithm} {anchor.root}")
