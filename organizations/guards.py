"""Here: rules that the database itself keeps, for SQLite and PostgreSQL. Not here: which ones (each room's triggers.py).

SQLite remakes a table to alter it and then refuses triggers of other tables that name it: migrations run without ours.
A guard is (name, table, event, condition or None, message).
"""

from collections.abc import Iterable

from django.db import connections

Guard = tuple[str, str, str, str | None, str]


def append_only(name: str, table: str, message: str) -> list[Guard]:
    """Two guards: rows of the table are never changed, and never deleted."""
    return [(f"{name}_fixed", table, "UPDATE", None, message), (f"{name}_kept", table, "DELETE", None, message)]


def lift(guards: Iterable[Guard], using: str = "default", plan=()) -> None:
    """Before migrations that will run on SQLite, take the triggers off; `install` puts them back after every migrate."""
    connection = connections[using]
    if connection.vendor == "sqlite" and plan:
        with connection.cursor() as cursor:
            for name, *_ in guards:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def install(guards: Iterable[Guard], using: str = "default") -> None:
    """Create the triggers anew; Django drops them on SQLite whenever it remakes a table, so this follows every migrate."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards:
            if guard[1] in tables:
                for statement in statements(connection.vendor, *guard):
                    cursor.execute(statement)


def statements(vendor: str, name: str, table: str, event: str, condition: str | None, message: str) -> list[str]:
    """The SQL of one guard. Raises NotImplementedError for a database without a guard."""
    if vendor == "sqlite":
        when = f"WHEN {condition}" if condition else ""
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} "
            f"BEGIN SELECT RAISE(ABORT, '{_quoted(message)}'); END",
        ]
    if vendor == "postgresql":
        return _postgresql(name, table, event, condition, message)
    raise NotImplementedError(f"no triggers written for {vendor}")


def _postgresql(name: str, table: str, event: str, condition: str | None, message: str) -> list[str]:
    row = "OLD" if event == "DELETE" else "NEW"
    parts = [
        f"CREATE OR REPLACE FUNCTION guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
        f"IF {condition or 'TRUE'} THEN RAISE EXCEPTION '{_quoted(message)}' USING ERRCODE = '23514'; END IF; "
        f"RETURN {row}; END $guard$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION guard_{name}()",
    ]
    if event == "DELETE":
        parts += [
            f"CREATE OR REPLACE FUNCTION guard_{name}_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
            f"RAISE EXCEPTION '{_quoted(message)}' USING ERRCODE = '23514'; END $guard$",
            f"DROP TRIGGER IF EXISTS {name}_truncate ON {table}",
            f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
            f"EXECUTE FUNCTION guard_{name}_truncate()",
        ]
    return parts


def _quoted(text: str) -> str:
    return text.replace("'", "''")
