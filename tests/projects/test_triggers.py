"""Here: a migration that remakes tables on SQLite, and the triggers afterwards. Not here: what they guard (test_bypass)."""

import pytest
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DatabaseError, OperationalError, connection, models, transaction
from django.db.migrations import Migration

from projects.models import Project

pytestmark = pytest.mark.django_db(transaction=True)
STEP = [(Migration("any", "projects"), False)]


def remake_projects_table():
    """What a migration does that alters a column."""
    old, new = Project._meta.get_field("name"), models.CharField("项目名称", max_length=201)
    new.set_attributes_from_name("name")
    new.model = Project
    with connection.schema_editor() as editor:
        editor.alter_field(Project, old, new)
    with connection.schema_editor() as editor:
        editor.alter_field(Project, new, old)


def migrating(plan, work):
    emit_pre_migrate_signal(0, False, "default", plan=plan)
    work()
    emit_post_migrate_signal(0, False, "default", plan=plan)


def guarded():
    pk = Project.objects.values_list("pk", flat=True).get()
    with (
        pytest.raises(DatabaseError, match="no state without paper"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE projects_project SET state = 'accepted' WHERE id = %s", [pk])
    return True


def test_tables_are_remade_with_the_triggers_lifted_and_guarded_again(city):
    city.project("filed")
    migrating(STEP, remake_projects_table)
    assert guarded()


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_sqlite_would_refuse_while_they_stand(city):
    city.project("filed")
    refused = pytest.raises(OperationalError, match="error in trigger")
    with connection.constraint_checks_disabled(), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE new_projects AS SELECT * FROM projects_project")
        cursor.execute("DROP TABLE projects_project")
        cursor.execute("ALTER TABLE new_projects RENAME TO projects_project")
    assert guarded()


def test_a_migrate_with_nothing_to_do_never_lifts_them(city):
    city.project("filed")
    migrating([], guarded)
    assert guarded()
