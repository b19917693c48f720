"""Here: a backup comes back byte for byte, and a changed one not at all. On SQLite; on PostgreSQL one round."""

import json
import shutil
import sqlite3
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from egov_projects.backup import BackupError, bring_back, checked, digest, make
from organizations import clock
from organizations.models import AuditEvent
from projects.models import Project
from tests.conftest import TODAY, build_city


@pytest.fixture
def filed(transactional_db) -> Project:
    """A city with one filed project, really committed; a backup sees nothing else."""
    with clock.at(TODAY):
        return build_city().project("filed")


@pytest.fixture
def backup(filed, tmp_path) -> Path:
    folder = tmp_path / "backup"
    make(folder)
    return folder


def contents() -> list[str]:
    """Every row of every table as SQL, without what counts rows for SQLite itself."""
    connection.ensure_connection()
    return [line for line in connection.connection.iterdump() if "sqlite_sequence" not in line]


def media() -> dict[str, str]:
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root).as_posix(): digest(path) for path in root.rglob("*") if path.is_file()}


def wipe() -> None:
    with connection.cursor() as cursor:
        for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("PRAGMA foreign_keys=OFF")
        for table in connection.introspection.table_names():
            cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute("PRAGMA foreign_keys=ON")
    shutil.rmtree(settings.MEDIA_ROOT)
    Path(settings.MEDIA_ROOT).mkdir()


@pytest.mark.sqlite
def test_what_was_wiped_comes_back_the_same(filed, backup):
    rows, files = contents(), media()
    assert files
    wipe()
    assert (Project.objects.count(), AuditEvent.objects.count(), media()) == (0, 0, {})
    assert bring_back(backup) == []
    assert contents() == rows
    assert media() == files
    assert Project.objects.get().ledger_head == filed.ledger_head


@pytest.mark.sqlite
def test_the_triggers_come_back_too(backup):
    wipe()
    bring_back(backup)
    with connection.cursor() as cursor, pytest.raises(Exception, match="append-only"):
        cursor.execute("UPDATE organizations_auditevent SET target = 'x'")


@pytest.mark.sqlite
def test_the_manifest_names_every_file_and_head(filed, backup):
    manifest = json.loads((backup / "manifest.json").read_text())
    assert set(manifest["files"]) == {"database.sqlite3"} | {f"media/{name}" for name in media()}
    assert manifest["ledger_heads"] == [{"number": filed.number, "length": 1, "head": filed.ledger_head}]
    assert manifest["files"]["database.sqlite3"] == digest(backup / "database.sqlite3")


def damaged(folder: Path) -> str:
    with sqlite3.connect(folder / "database.sqlite3") as copy:
        copy.execute("UPDATE organizations_user SET display_name = 'x'")
    copy.close()
    return "database.sqlite3 与清单的哈希不符"


def incomplete(folder: Path) -> str:
    file = next(path for path in (folder / "media").rglob("*") if path.is_file())
    file.unlink()
    return f"缺少 {file.relative_to(folder).as_posix()}"


def enriched(folder: Path) -> str:
    (folder / "media" / "extra.pdf").write_bytes(b"x")
    return "多出 media/extra.pdf"


@pytest.mark.sqlite
@pytest.mark.parametrize("harm", [damaged, incomplete, enriched])
def test_a_changed_backup_is_refused_and_replaces_nothing(backup, harm):
    reason, rows = harm(backup), contents()
    with pytest.raises(BackupError, match=reason):
        bring_back(backup)
    assert contents() == rows


@pytest.mark.sqlite
def test_a_folder_that_is_none_is_told(transactional_db, tmp_path):
    with pytest.raises(BackupError, match="不是一份备份"):
        checked(tmp_path)
    (tmp_path / "there").write_text("x")
    with pytest.raises(BackupError, match="不是空文件夹"):
        make(tmp_path)


@pytest.mark.sqlite
def test_the_commands(filed, tmp_path):
    folder, out = tmp_path / "b", StringIO()
    call_command("backup", str(folder), stdout=out)
    call_command("restore", str(folder), stdout=out)
    call_command("restore", str(folder), "--replace", stdout=out)
    said = out.getvalue().splitlines()
    assert said[-2].startswith("备份完好：")
    assert said[-1].startswith("已恢复，哈希与清单一致，台账核验无误。")
    (folder / "manifest.json").write_text("{}")
    with pytest.raises(CommandError, match="不是一份备份"):
        call_command("restore", str(folder))


@pytest.mark.postgres
def test_postgresql_comes_back_by_its_own_tools(filed, backup):
    rows = list(Project.objects.values())
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    assert bring_back(backup) == []
    assert list(Project.objects.values()) == rows
    with connection.cursor() as cursor, pytest.raises(Exception, match="append-only"):
        cursor.execute("UPDATE organizations_auditevent SET target = 'x'")
