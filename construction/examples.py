"""Here: lawful default fields of this room's evidence, for scenarios and the demo. Not here: the forms."""

from datetime import timedelta

from construction.changes import live_changes, open_changes
from construction.checklist import default_answers
from construction.independence import undeclared
from construction.models import ChangeReview
from construction.models.changes import AGREE, APPROVE
from organizations import clock
from organizations.certificates import accepted_types
from organizations.models import CertificateFamily
from procurement.models import Contract
from projects.parties import SUPERVISOR

SUPERVISOR_FIRM = {"firm_name": "浙江东瓯工程监理有限公司", "firm_credit_code": "91330382MA2J0P4Q13"}
SUBCONTRACTOR = {"firm_name": "温州雁荡网络工程有限公司", "firm_credit_code": "91330302MA2K3D5E7N"}


def today() -> str:
    """The city's date as plain data."""
    return clock.today().isoformat()


def responsibility(project) -> dict:
    """A responsible person, three duties and every later stage, from today."""
    duties = [("技术", "吴工程师"), ("资金", "钱会计"), ("安全", "安专员")]
    duties += [(stage, "吴工程师") for stage in ("建设", "验收", "运维", "绩效")]
    return {
        "leader": "林分管",
        "post": "副局长",
        "phone": "0577-61880001",
        "since": today(),
        "duties": [{"name": name, "person": person, "since": today()} for name, person in duties],
    }


def progress_report(project) -> dict:
    """The last month."""
    start = (clock.today() - timedelta(days=30)).isoformat()
    return {"period_start": start, "period_end": today(), "percent": 50, "text": "按计划推进。"}


def completion(project) -> dict:
    """Finished today."""
    return {"completed_on": today(), "material": "竣工报告"}


def supervision_engagement(project) -> dict:
    """A certified and independent firm, engaged today."""
    day = clock.today()
    return (
        SUPERVISOR_FIRM
        | leader("邵监理", "JL-2021-0457")
        | {
            "contract_number": "JL-001",
            "signed_on": day.isoformat(),
            "contract_file": "监理合同",
            "fee": "30000.00",
            "certificate_type": first_type(CertificateFamily.SUPERVISION),
            "certificate_number": "XXJL-33-0086",
            "certificate_valid_from": (day - timedelta(days=365)).isoformat(),
            "certificate_valid_to": (day + timedelta(days=365)).isoformat(),
            "certificate_scan": "监理资质证书",
            "supervisor_independent": True,
            "contractor_independent": True,
        }
    )


def leader(name: str, number: str) -> dict:
    """A supervising leader with a certificate."""
    return {
        "leader": name,
        "leader_certificate_type": first_type(CertificateFamily.SUPERVISOR_PERSON),
        "leader_certificate_number": number,
        "leader_certificate_scan": "监理负责人证书",
    }


def first_type(family: str) -> str:
    """The code of the first certificate type accepted today."""
    return next((each.code for each in accepted_types(family)), "")


def supervision_leader(project) -> dict:
    """A new leader from today."""
    return leader("盛监理", "JL-2023-0912") | {"effective_on": today(), "reason": "原负责人调离。"}


def supervision_report(project) -> dict:
    """The last month as the supervisor saw it."""
    return {key: progress_report(project)[key] for key in ("period_start", "period_end")} | {
        "text": "质量和进度符合合同。"
    }


def subcontract(project) -> dict:
    """An independent firm for the cabling."""
    return SUBCONTRACTOR | {
        "work": "综合布线", "amount": "20000.00", "signed_on": today(), "approved_by": "建设单位 林分管", "independent": True,
    }  # fmt: skip


def independence_declaration(project) -> dict:
    """The first firm that has not declared."""
    role, name = next(iter(undeclared(project)), (SUPERVISOR, SUPERVISOR_FIRM["firm_name"]))
    return {"role": role, "firm_name": name, "declared_on": today(), "file": "独立性声明"}


def change_request(project) -> dict:
    """A change of wording that touches neither amounts nor scheme."""
    return {
        "title": "调整实施进度",
        "necessity": "上级业务规范已经修订,原进度无法衔接。",
        "description": "数据整理提前,其余不变。",
        "materials": default_answers(project),
    }


def change_review(project) -> dict:
    """The step that the newest open change waits for."""
    change = open_changes(project).first()
    agreed = change is not None and change.reviews.filter(step=ChangeReview.PRELIMINARY, outcome=AGREE).exists()
    return {"step": ChangeReview.SCHEME if agreed else ChangeReview.PRELIMINARY, "outcome": AGREE, "opinion": "同意。"}


def change_signature(project) -> dict:
    """An office agrees."""
    return {"outcome": AGREE}


def change_decision(project) -> dict:
    """Approved."""
    return {"outcome": APPROVE}


def change_withdrawal(project) -> dict:
    """Given up."""
    return {"reason": "情况变化,不再需要。"}


def change_execution(project) -> dict:
    """Carried out today."""
    return {"executed_on": today()}


def contract_amendment(project) -> dict:
    """An agreement of today over the total that the newest change asks for, else the contract's own."""
    change = live_changes(project).first()
    contract = Contract.objects.filter(project=project, voided_at=None).order_by("-id").first()
    total = (change.new_total if change else None) or (contract.amount if contract else 0)
    return {"amount": str(total), "signed_on": today(), "file": "补充协议"}
