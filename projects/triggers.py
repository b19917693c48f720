"""Here: the database's own guard of states and ledger, for SQLite and PostgreSQL. Not here: Python's guards.

A state changes only together with the newest passage; a passage is never changed or deleted; audit events, what
was submitted and anchors neither.
SQLite remakes a table to alter it and then refuses triggers of other tables that name it: migrations run without ours.
"""

from django.db import connections

PROJECT, PASSAGE, AUDIT = "projects_project", "projects_passage", "organizations_auditevent"
VERSION, ANCHOR = "projects_filingversion", "projects_ledgeranchor"

EXPLAINED = f"""EXISTS (SELECT 1 FROM {PASSAGE} p WHERE p.project_id = NEW.id AND p.number = NEW.ledger_length
    AND p.hash = NEW.ledger_head AND p.source = OLD.state AND p.target = NEW.state
    AND NEW.ledger_length = OLD.ledger_length + 1)"""
CHANGED = "(NEW.state <> OLD.state OR NEW.ledger_head <> OLD.ledger_head OR NEW.ledger_length <> OLD.ledger_length)"
UNBORN = "(NEW.state <> 'draft' OR NEW.ledger_length <> 0 OR NEW.ledger_head <> '')"
UNLINKED = f"""NOT EXISTS (SELECT 1 FROM {PROJECT} p WHERE p.id = NEW.project_id AND p.state = NEW.source
    AND p.ledger_length + 1 = NEW.number AND p.ledger_head = NEW.previous_hash)"""
NO_PASSAGE = "no state without paper: the project's state changes only with a new passage"
APPEND_ONLY = "the ledger is append-only"
SUBMITTED = "what was submitted is never changed"
ANCHORED = "an anchor of the ledger is never changed"
KEPT = "a project with passages is never deleted"

# (name, table, event, condition or None, message)
GUARDS = [
    ("project_state", PROJECT, "UPDATE", f"{CHANGED} AND NOT {EXPLAINED}", NO_PASSAGE),
    ("project_born", PROJECT, "INSERT", UNBORN, NO_PASSAGE),
    ("project_kept", PROJECT, "DELETE", "OLD.ledger_length > 0", KEPT),
    ("passage_linked", PASSAGE, "INSERT", UNLINKED, "a passage starts from the project's present state and chain head"),
    ("passage_fixed", PASSAGE, "UPDATE", None, APPEND_ONLY),
    ("passage_kept", PASSAGE, "DELETE", None, APPEND_ONLY),
    ("audit_fixed", AUDIT, "UPDATE", None, APPEND_ONLY),
    ("audit_kept", AUDIT, "DELETE", None, APPEND_ONLY),
    ("version_fixed", VERSION, "UPDATE", None, SUBMITTED),
    ("version_kept", VERSION, "DELETE", None, SUBMITTED),
    ("anchor_fixed", ANCHOR, "UPDATE", None, ANCHORED),
    ("anchor_kept", ANCHOR, "DELETE", None, ANCHORED),
]


def lift(using: str = "default", plan=(), **kwargs) -> None:
    """Before migrations that will run on SQLite, take the triggers off; `install` puts them back after every migrate."""
    connection = connections[using]
    if connection.vendor == "sqlite" and plan:
        with connection.cursor() as cursor:
            for name, *_ in GUARDS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def install(using: str = "default", **kwargs) -> None:
    """Create the triggers anew; Django drops them on SQLite whenever it remakes a table, so this follows every migrate."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, table, event, condition, message in GUARDS:
            if table in tables:
                for statement in statements(connection.vendor, name, table, event, condition, message):
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
