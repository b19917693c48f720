"""Here: bringing a backup back from the command line. Not here: what is checked (egov_projects/backup.py)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from egov_projects.backup import BackupError, bring_back, checked


class Command(BaseCommand):
    help = "核对备份的每个文件，再用它替换现在的数据库和上传的文件，最后核验台账。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One folder; replacing needs a word of its own."""
        parser.add_argument("folder", type=Path, help="manage.py backup 写下的文件夹")
        parser.add_argument("--replace", action="store_true", help="确认替换现有数据；不加时只核对备份")

    def handle(self, *args: Any, folder: Path, replace: bool, **options: Any) -> None:
        """Check, or check and replace. Raises CommandError."""
        try:
            if not replace:
                manifest = checked(folder)
                self.stdout.write(f"备份完好：{len(manifest['files'])} 个文件。加 --replace 用它替换现有数据。")
                return
            found = bring_back(folder)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        if found:
            raise CommandError("已恢复，但台账不符：\n" + "\n".join(found))
        self.stdout.write("已恢复，哈希与清单一致，台账核验无误。请运行 manage.py migrate，再启动服务。")
