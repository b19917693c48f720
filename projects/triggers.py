"""Here: the database's own guard of states and ledger, for SQLite and PostgreSQL. Not here: Python's guards.

A state changes only together with the newest passage; a passage is never changed or deleted; audit events, what
was submitted and anchors neither.
"""

from organizations import guards

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
    """Before migrations."""
    guards.lift(GUARDS, using, plan)


def install(using: str = "default", **kwargs) -> None:
    """After migrations."""
    guards.install(GUARDS, using)
