"""Here: what waits for an office beside the next move: further applications and documents, assets. Not here: the inbox (desk)."""

from desk.duties import duty
from procurement.assets import asset_rows
from procurement.models import Contract, ProcurementApplication
from procurement.records import accepted_applications, applications, current, current_notice, unreviewed_documents
from projects.on_file import nothing_on_file


@duty("procurement_decision", label="受理或退回采购申请", role="finance")
def applications_wait(project) -> bool:
    """A further application is unanswered; the first one is asked for by the next move (YQ-2.1-4, YQ-3.5-3)."""
    if nothing_on_file(project, ProcurementApplication):
        return False
    further = current(Contract, project) is not None or accepted_applications(project).exists()
    return further and applications(project).filter(outcome=None).exists()


@duty("tender_review", label="审查招标文件", role="centre")
def documents_wait(project) -> bool:
    """A document is unreviewed that the next move does not ask for: once a notice or a contract is on file (YQ-3.5-5)."""
    settled = current(Contract, project) is not None
    return any(settled or current_notice(document.application) for document in unreviewed_documents(project))


@duty("asset_registration", label="登记固定资产", role="applicant")
def assets_wait_for_the_unit(project) -> bool:
    """Equipment of any value is not in the unit's books yet (YQ-3.5-10, YQ-3.5-12)."""
    return any(row.unit is None for row in asset_rows(project))


@duty("asset_confirmation", label="财政侧登记固定资产", role="finance")
def assets_wait_for_finance(project) -> bool:
    """Equipment of any value is not confirmed by the finance bureau yet (YQ-3.5-11, YQ-3.5-12)."""
    return any(row.finance is None for row in asset_rows(project))
