"""Here: the way from the project page to its tender documents. Not here: the comparison (tenders.py)."""

from procurement.models import TenderDocument
from procurement.records import current
from projects.panels import panel


@panel("tender", template="procurement/_tender.html", side=True, order=25)
def newest_document(project, user) -> dict | None:
    """The newest tender document, once there is one."""
    document = current(TenderDocument, project)
    return {"document": document} if document else None
