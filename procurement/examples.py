"""Here: lawful default fields of this room's evidence, for scenarios and the demo. Not here: the forms."""

from collections import defaultdict
from decimal import ROUND_DOWN, Decimal

from organizations import clock
from procurement.assets import asset_rows
from procurement.comparison import applied_rows, wanted_in_tender
from procurement.models import Contract, ProcurementDecision, TenderReview
from procurement.records import (
    application_in_hand,
    applications,
    awards_of,
    current_document,
    live_applications,
    valid,
)
from reviews.baseline import approved_items

FIRM = {"firm_name": "浙江瓯越信息技术有限公司", "firm_credit_code": "91330300MA2A1B2C35"}


def application_example(project) -> dict:
    """Everything approved that was not applied for yet, by open tender."""
    amounts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for item in approved_items(project):
        amounts[item.name, item.specification] += item.amount
    part = _affordable(project, sum(amounts.values()))
    items = []
    for row in applied_rows(project):
        left = row.wanted.quantity - (row.found.quantity if row.found else 0) if row.wanted else 0
        if left > 0:
            share = amounts[row.wanted.name, row.wanted.specification] * left / row.wanted.quantity
            items.append(_item(row.wanted, left) | {"budget_amount": _money(share * part)})
    return {"method": "公开招标", "items": items}


def _affordable(project, wanted: Decimal) -> Decimal:
    """The part of the items' estimate that the approved budget covers; 1 where it covers all."""
    return min(project.investment / wanted, Decimal(1)) if wanted and project.investment is not None else Decimal(1)


def decision_example(project) -> dict:
    """Accepts the application that waits longest."""
    waiting = applications(project).filter(outcome=None).last()
    return {"application": waiting.code if waiting else "", "outcome": ProcurementDecision.ACCEPTED}


def document_example(project) -> dict:
    """A document that holds exactly what its application may tender."""
    application = application_in_hand(project)
    items = [_item(each, each.quantity) for each in wanted_in_tender(application)] if application else []
    return {"application": application.code if application else "", "file": "招标文件", "items": items}


def review_example(project) -> dict:
    """Every item suitable, passed; all is paid from acceptance on."""
    document = current_document(application_in_hand(project))
    checklist = dict.fromkeys(TenderReview.ITEMS, "合适")
    return {
        "document": document.code if document else "",
        **checklist,
        "qualification_remark": "资质要求与项目规模相当。",
        "payment_terms": [
            {"milestone": "验收", "percentage": "95.00"},
            {"milestone": "质保期满", "percentage": "5.00"},
        ],
        "conclusion": TenderReview.PASSED,
    }


def notice_example(project) -> dict:
    """The newest version, published today."""
    document = current_document(application_in_hand(project))
    return {
        "document": document.code if document else "",
        "published_on": clock.today().isoformat(),
        "media": "浙江政府采购网",
    }


def award_example(project) -> dict:
    """One winner, at the sum applied for."""
    application = application_in_hand(project)
    return {
        "application": application.code if application else "",
        **FIRM,
        "amount": _money(_price(project, application)),
        "awarded_on": clock.today().isoformat(),
    }


def contract_example(project) -> dict:
    """With the winner, for everything applied for; equipment as the approved list has it."""
    application = _without_contract(project) or application_in_hand(project)
    winner = next(iter(awards_of(application)), None)
    firm = {"firm_name": winner.firm_name, "firm_credit_code": winner.firm_credit_code} if winner else FIRM
    lines = application.items.all() if application else []
    count = Contract.objects.filter(project=project).count()
    return {
        "application": application.code if application else "",
        "number": f"HT-{project.number}-{count + 1}",
        **firm,
        "amount": _money(winner.amount if winner else _price(project, application)),
        "signed_on": clock.today().isoformat(),
        "payment_terms": "验收合格后支付 95%,质保期满支付 5%。",
        "acceptance_terms": "按招标文件和合同约定验收。",
        "file": "合同",
        "items": [_item(line, line.quantity) | {"amount": _money(line.budget_amount)} for line in lines],
    }


def registration_example(project) -> dict:
    """The next line that the unit has not registered, in full."""
    row = next((row for row in asset_rows(project) if row.unit is None), None)
    if row is None:
        return {}
    return {
        "line": row.line.code,
        "asset_number": f"ZC-{row.line.code}",
        "registered_on": clock.today().isoformat(),
        "location": "单位机房",
        "quantity": str(row.line.quantity),
        "value": _money(row.line.amount),
    }


def confirmation_example(project) -> dict:
    """The next line that the finance bureau has not registered, in full."""
    row = next((row for row in asset_rows(project) if row.finance is None), None)
    if row is None:
        return {}
    return {"line": row.line.code, "quantity": str(row.line.quantity), "value": _money(row.line.amount)}


def _without_contract(project):
    done = valid(Contract, project).values("application")
    return live_applications(project).exclude(pk__in=done).first()


def _price(project, application) -> Decimal:
    total = sum((line.budget_amount for line in application.items.all()), Decimal(0)) if application else Decimal(0)
    return min(total, project.investment) if project.investment is not None else total


def _item(item, quantity: Decimal) -> dict:
    return {
        "name": item.name,
        "specification": item.specification,
        "unit": item.unit,
        "quantity": str(quantity),
    }


def _money(amount: Decimal) -> str:
    return str(amount.quantize(Decimal("0.01"), rounding=ROUND_DOWN))
