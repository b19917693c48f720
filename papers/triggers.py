"""Here: the database's own guard of issued papers and their files. Not here: Python's (models.py)."""

from organizations import guards
from papers.models import KEPT

GUARDS = [
    *guards.append_only("paper", "papers_paper", KEPT),
    *guards.append_only("paper_file", "papers_paperfile", KEPT),
    (
        "number_series_forward", "papers_numberseries", "UPDATE",
        "(NEW.last <> OLD.last + 1 OR NEW.series <> OLD.series OR NEW.year <> OLD.year OR NEW.issuer_id <> OLD.issuer_id)",
        "numbers are taken one after the other",
    ),
    ("number_series_kept", "papers_numberseries", "DELETE", None, "numbers are taken one after the other"),
]  # fmt: skip


def lift(using: str = "default", plan=(), **kwargs) -> None:
    """Before migrations."""
    guards.lift(GUARDS, using, plan)


def install(using: str = "default", **kwargs) -> None:
    """After migrations."""
    guards.install(GUARDS, using)
