"""Here: a backup as a folder: the database by its own tool, the uploads, a manifest of hashes; and bringing it back.

Not here: the command line (management/commands), where backups are kept. Everything is checked before anything is
replaced. The database's own tools carry the triggers, sequences and the ledger byte for byte.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from organizations import clock
from projects.ledger import head, problems
from projects.models import Project

MANIFEST, MEDIA, SQLITE, POSTGRES = "manifest.json", "media", "database.sqlite3", "database.dump"
# What a restored system needs besides the folder; names only, the values are kept elsewhere.
KEYS = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "EGOV_ENV", "EGOV_VAR")


class BackupError(Exception):
    """A backup that cannot be made or is not to be trusted; the message says why."""


def make(folder: Path) -> dict:
    """Write a backup into an empty or new folder and return its manifest. Raises BackupError.

    The database goes first: uploads are only ever added, so every row of the copy then has its file.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise BackupError(f"{folder} 不是空文件夹。")
    database = _dump(folder)
    shutil.copytree(settings.MEDIA_ROOT, folder / MEDIA, dirs_exist_ok=True)
    manifest = {
        "made_at": clock.now().isoformat(timespec="seconds"),
        "engine": connection.vendor,
        "database": database,
        "migrations": sorted(f"{app}.{name}" for app, name in MigrationExecutor(connection).loader.applied_migrations),
        "ledger_heads": [head(project) for project in Project.objects.order_by("pk").iterator()],
        "keys_kept_elsewhere": [name for name in KEYS if os.environ.get(name)],
        "files": {name: digest(folder / name) for name in _names(folder)},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return manifest


def checked(folder: Path) -> dict:
    """The manifest of a backup whose every file is there, unchanged, and no other. Raises BackupError."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files, engine = manifest["files"], manifest["engine"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{folder} 不是一份备份：{error}") from error
    there = set(_names(folder))
    wrong = [f"缺少 {name}" for name in sorted(files) if name not in there]
    wrong += [f"多出 {name}" for name in sorted(there - set(files))]
    wrong += [f"{name} 与清单的哈希不符" for name in sorted(there & set(files)) if digest(folder / name) != files[name]]
    if engine != connection.vendor:
        wrong.append(f"备份来自 {engine}，现在的数据库是 {connection.vendor}")
    if wrong:
        raise BackupError("\n".join(wrong))
    return manifest


def bring_back(folder: Path) -> list[str]:
    """Replace database and uploads by a checked backup, and return what its ledger shows to be wrong; empty is sound.

    Raises BackupError before anything is replaced when the folder is not as it was made.
    """
    manifest = checked(folder)
    _load(folder / manifest["database"])
    media = Path(settings.MEDIA_ROOT)
    shutil.rmtree(media, ignore_errors=True)
    shutil.copytree(folder / MEDIA, media)
    return verified(manifest)


def verified(manifest: dict) -> list[str]:
    """Every ledger against itself and against the heads of the manifest."""
    anchors = {each["number"]: each for each in manifest["ledger_heads"]}
    found = []
    for project in Project.objects.order_by("pk").iterator():
        anchor = anchors.pop(project.number, None)
        if anchor is None:
            found.append(f"{project.number}: not in the manifest")
        found += [f"{project.number} {line}" for line in problems(project, anchor=anchor)]
    return found + [f"{number}: in the manifest, but not in the database" for number in anchors]


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _names(folder: Path) -> list[str]:
    """Every file of the backup except its manifest, by its place in the folder."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name != MANIFEST)


def _dump(folder: Path) -> str:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / SQLITE)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return SQLITE
    _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={folder / POSTGRES}", dbname=True)
    return POSTGRES


def _load(file: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(file)) as copy:
            copy.backup(connection.connection)
        connections.close_all()
        return
    connections.close_all()
    _postgres(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction", str(file)
    )


def _postgres(program: str, *arguments: str, dbname: bool = False) -> None:
    """Run PostgreSQL's own tool on our database; the password goes by the environment, never by the arguments."""
    database = connection.settings_dict
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {name: str(database[key]) for name, key in given.items() if database.get(key)}
    target = [] if dbname else [f"--dbname={database['NAME']}"]
    try:
        subprocess.run([program, *target, *arguments], check=True, env=environment, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BackupError(f"{program}: {getattr(error, 'stderr', '') or error}") from error
