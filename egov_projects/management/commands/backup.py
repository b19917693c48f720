"""Here: making a backup from the command line. Not here: what it holds (egov_projects/backup.py)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from egov_projects.backup import BackupError, make


class Command(BaseCommand):
    help = "把数据库、上传的文件和哈希清单备份到一个空文件夹。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One folder."""
        parser.add_argument("folder", type=Path, help="空的或新的文件夹")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Make the backup. Raises CommandError."""
        try:
            manifest = make(folder)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"已备份 {len(manifest['files'])} 个文件、{len(manifest['ledger_heads'])} 个项目的台账到 {folder}。"
        )
        if manifest["keys_kept_elsewhere"]:
            self.stdout.write(f"另行保管：{'、'.join(manifest['keys_kept_elsewhere'])}。")
