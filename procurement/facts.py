"""Here: answers about 采购 that are not simply a field of a record. Not here: judging them (packs)."""

from decimal import Decimal

from django.db.models import Sum

from policies.vocabulary import answers
from procurement.amounts import contract_amounts
from procurement.assets import asset_rows
from procurement.comparison import EXCESS, NOT_APPROVED, SPECIFICATION, applied_rows, compare, tender_rows
from procurement.models import Award, Contract, ContractLine, PaymentTerm, TenderDocument, TenderNotice, TenderReview
from procurement.party import same_firm
from procurement.records import (
    accepted_applications,
    application_in_hand,
    applied_lines,
    awards_of,
    current,
    current_document,
    current_notice,
    is_accepted,
    live_applications,
    passing_review,
    valid,
)
from projects.evidence import EVIDENCE
from projects.judgement import once
from reviews.baseline import approved_items


@answers("procurement.applied", kind="flag", label="有未被退回的采购申请")
def applied(project) -> bool:
    """At least one application that was not returned (YQ-3.5-3)."""
    return live_applications(project).exists()


@answers("procurement.applied_total", kind="money", label="采购预算合计")
def applied_total(project) -> Decimal | None:
    """Budget amounts of all live applications in 元; unknown without any."""
    return applied_lines(live_applications(project)).aggregate(total=Sum("budget_amount"))["total"]


@answers("procurement.items_not_approved", kind="list", label="不在核准内容内的采购项")
def items_not_approved(project) -> list[str]:
    """Items applied for that the approved list does not hold (YQ-3.5-2)."""
    return [row.name for row in applied_rows(project) if NOT_APPROVED in row.differences]


@answers("procurement.quantity_excess", kind="list", label="累计申请数量超出核准的采购项")
def quantity_excess(project) -> list[str]:
    """Items of which all applications together ask for more than approved, with both quantities (YQ-3.5-2)."""
    return [row.in_words() for row in applied_rows(project) if EXCESS in row.differences]


@answers("procurement.specification_differs", kind="list", label="规格与核准内容不同的采购项")
def specification_differs(project) -> list[str]:
    """Items applied for with another specification than approved, with both (YQ-3.5-2)."""
    return [row.in_words() for row in applied_rows(project) if SPECIFICATION in row.differences]


@answers("procurement.accepted", kind="flag", label="采购申请已被受理")
def accepted(project) -> bool:
    """The finance bureau has accepted at least one application (YQ-3.5-3)."""
    return accepted_applications(project).exists()


@answers("procurement.method", kind="text", label="采购方式")
def method(project) -> str | None:
    """Of the contract's application, else of the one that is under way (YQ-3.6-3)."""
    application = application_in_hand(project)
    return application.method if application else None


@answers("procurement.is_tender", kind="flag", label="采购方式须发布招标公告")
def is_tender(project) -> bool | None:
    """Whether that method has a tender notice (YQ-3.5-4, YQ-Q11)."""
    application = application_in_hand(project)
    return application.is_tender if application else None


@answers("procurement.document_sent", kind="flag", label="招标文件已送审")
def document_sent(project) -> bool:
    """A version of the tender document under way was sent for review (YQ-3.5-4)."""
    return current_document(application_in_hand(project)) is not None


@answers("procurement.document_accepted", kind="flag", label="送审文件对应的采购申请已被受理")
def document_accepted(project) -> bool | None:
    """Whether the newest tender document belongs to an accepted application (YQ-3.5-3)."""
    document = current(TenderDocument, project)
    return is_accepted(document.application) if document else None


@answers("procurement.passed_version", kind="text", label="审查通过的招标文件版本")
def passed_version(project) -> str | None:
    """The version under way, when the centre passed exactly that one; a newer version takes it away (YQ-3.5-4)."""
    document = current_document(application_in_hand(project))
    return document.code if passing_review(document) else None


@answers("procurement.notice_version", kind="text", label="公告所用招标文件")
def notice_version(project) -> str | None:
    """The version that the newest notice publishes (YQ-3.5-4)."""
    notice = current(TenderNotice, project)
    return notice.document.code if notice else None


@answers("procurement.notice_reviewed_on", kind="date", label="公告所用版本的审查通过日期")
def notice_reviewed_on(project):
    """When the centre passed exactly the version of the newest notice; unknown where it did not (YQ-3.5-4)."""
    notice = current(TenderNotice, project)
    review = passing_review(notice.document) if notice else None
    return review.recorded_on if review else None


@answers("procurement.notice_published", kind="flag", label="已发布招标公告")
def notice_published(project) -> bool:
    """A notice was published for the application under way (YQ-3.6-2)."""
    return current_notice(application_in_hand(project)) is not None


@answers("procurement.tender_differences", kind="list", label="招标内容与核准内容的差异")
def tender_differences(project) -> list[str]:
    """Every difference of the newest tender document from the approved items, in words (YQ-3.5-7)."""
    document = current(TenderDocument, project)
    return [row.in_words() for row in tender_rows(document) if row.differences] if document else []


@answers("procurement.payment_terms", kind="number", label="付款安排行数")
def payment_terms(project) -> int:
    """How many lines the payment schedule of the newest review has (YQ-3.5-8)."""
    review = current(TenderReview, project)
    return review.payment_terms.count() if review else 0


@answers("procurement.paid_before_acceptance", kind="list", label="验收前付款的节点")
def paid_before_acceptance(project) -> list[str]:
    """Milestones of the newest review's schedule that pay before the final acceptance, with shares (YQ-3.5-8)."""
    review = current(TenderReview, project)
    early = review.payment_terms.filter(milestone__in=PaymentTerm.BEFORE_ACCEPTANCE) if review else ()
    return [f"{term.milestone}{term.percentage.normalize():f}%" for term in early]


@answers("procurement.awarded", kind="flag", label="已登记中标结果")
def awarded(project) -> bool:
    """The application under way has a winner on file (YQ-3.6-2)."""
    return bool(awards_of(application_in_hand(project)))


@answers("procurement.award_accepted", kind="flag", label="中标结果对应的采购申请已被受理")
def award_accepted(project) -> bool | None:
    """Whether the newest award belongs to an accepted application (YQ-3.5-3)."""
    award = current(Award, project)
    return is_accepted(award.application) if award else None


@answers("procurement.award_without_notice", kind="flag", label="招标项目的中标结果缺招标公告")
def award_without_notice(project) -> bool | None:
    """Whether the newest award is of a tender whose notice is not on file (YQ-3.6-2)."""
    award = current(Award, project)
    return award.application.is_tender and award.notice is None if award else None


def _contracts(project):
    return valid(Contract, project).select_related("application__project")


def _tenders(project) -> list[Contract]:
    return once(
        project, "contracts of tenders", lambda each: [found for found in _contracts(each) if found.application.is_tender]
    )


@answers("procurement.contract_total", kind="money", label="合同总额")
def contract_total(project) -> Decimal | None:
    """Sum of all contracts with their amendments, in 元; unknown without a contract (YQ-3.6-5)."""
    amounts = contract_amounts(project)
    return sum(amounts.values()) if amounts else None


@answers("procurement.contracts_not_accepted", kind="list", label="采购申请未被受理的合同")
def contracts_not_accepted(project) -> list[str]:
    """Numbers of contracts whose application the finance bureau has not accepted (YQ-3.6-3)."""
    return [contract.number for contract in _contracts(project) if not is_accepted(contract.application)]


@answers("procurement.contracts_without_notice", kind="list", label="缺招标公告的合同")
def contracts_without_notice(project) -> list[str]:
    """Numbers of contracts of a tender whose notice is not on file (YQ-3.6-2)."""
    return [each.number for each in _tenders(project) if current_notice(each.application) is None]


@answers("procurement.contracts_without_award", kind="list", label="缺中标结果的合同")
def contracts_without_award(project) -> list[str]:
    """Numbers of contracts of a tender without a winner on file (YQ-3.6-2)."""
    return [each.number for each in _tenders(project) if not awards_of(each.application)]


@answers("procurement.contracts_not_with_winner", kind="list", label="供应商与中标单位不一致的合同")
def contracts_not_with_winner(project) -> list[str]:
    """Contracts of a tender with a firm that is none of the winners: number, supplier and winners (YQ-3.6-2)."""
    found = []
    for contract in _tenders(project):
        winners = awards_of(contract.application)
        if winners and not any(same_firm(contract, each) for each in winners):
            names = "、".join(each.firm_name for each in winners)
            found.append(f"{contract.number}(供应商 {contract.firm_name},中标单位 {names})")
    return found


@answers("procurement.assets_unregistered", kind="list", label="单位侧未登记固定资产的设备")
def assets_unregistered(project) -> list[str]:
    """Equipment lines that the unit has not registered, of any value (YQ-3.5-10, YQ-3.5-12)."""
    return [row.line.name for row in asset_rows(project) if row.unit is None]


@answers("procurement.assets_unconfirmed", kind="list", label="财政侧未登记固定资产的设备")
def assets_unconfirmed(project) -> list[str]:
    """Equipment lines that the finance bureau has not registered, of any value (YQ-3.5-11, YQ-3.5-12)."""
    return [row.line.name for row in asset_rows(project) if row.finance is None]


@answers("procurement.asset_differences", kind="list", label="两侧登记不一致的设备")
def asset_differences(project) -> list[str]:
    """Equipment lines whose registered quantity or value differs, in words (YQ-3.5-11)."""
    rows = [row for row in asset_rows(project) if row.differences]
    return [f"{row.line.name}:{'、'.join(row.differences)}" for row in rows]


@answers("procurement.contract_excess", kind="list", label="合同中未经批准或超量的内容")
def contract_excess(project) -> list[str]:
    """Lines of all contracts that the approved list does not hold, or not in that quantity, in words (ZC-A16-2)."""
    return [row.in_words() for row in _contracted(project) if {NOT_APPROVED, EXCESS} & set(row.differences)]


@answers("procurement.not_contracted", kind="list", label="批准而未实施的内容")
def not_contracted(project) -> list[str]:
    """Approved items that no contract holds, by name (ZC-A18-1)."""
    return [row.name for row in _contracted(project) if row.found is None]


@answers("procurement.suppliers", kind="list", label="合同供应商")
def suppliers(project) -> list[str]:
    """Everybody with whom a contract is on file (ZC-A36-1)."""
    return sorted({contract.firm_name for contract in _contracts(project)})


@answers("procurement.unexplained_products", kind="list", label="不属安全可靠而未说明理由的产品")
def unexplained_products(project) -> list[str] | None:
    """Products answered 否 without a reason in the newest answer; unknown before one (ZC-A29-1)."""
    answer = EVIDENCE["product_reliability"].current(project)
    rows = answer.products if answer else None
    return rows and [row["name"] for row in rows if row["reliable"] == "否" and not row["reason"]]


def _contracted(project):
    lines = ContractLine.objects.filter(record__in=_contracts(project).values("pk"))
    return compare(approved_items(project), lines, part=True)
