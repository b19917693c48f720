"""Here: answers about the scheme's author, its review and its conclusion. Not here: judging them (packs)."""

from policies.vocabulary import answers
from reviews import current
from reviews.experts import of_unit
from reviews.models import ExpertReview, ReviewPlan
from reviews.models.review import PASSED
from reviews.panel import latest_draw, members


@answers("design_commission.missing", kind="list", label="委托编制还缺的内容")
def commission_missing(project) -> list[str] | None:
    """What the commission lacks: contract, certificate type, number, validity, scan (YQ-3.4-4)."""
    found = current.commission(project)
    if found is None:
        return None
    wanted = {
        "委托合同或委托书": found.contract_id,
        "工程咨询资质证书类型": found.certificate_type_id,
        "证书编号": found.certificate_number,
        "证书有效期": found.certificate_valid_from and found.certificate_valid_to,
        "证书扫描件": found.certificate_scan_id,
    }
    return [label for label, value in wanted.items() if not value]


@answers("design_commission.firm_is_unit", kind="flag", label="受托单位就是申报单位")
def firm_is_unit(project) -> bool | None:
    """The commissioned firm is the unit itself, by name or credit code (YQ-3.4-4)."""
    found, unit = current.commission(project), project.department
    if found is None:
        return None
    same_code = bool(unit.credit_code) and found.firm_credit_code == unit.credit_code
    return same_code or found.firm_name.strip() in (unit.name, unit.short_name or unit.name)


@answers("design_commission.certificate_in_force", kind="flag", label="委托之日证书在有效期内")
def certificate_in_force(project) -> bool | None:
    """The certificate was valid on the day of the commission, both ends included (YQ-3.4-4)."""
    found = current.commission(project)
    if found is None or not (found.certificate_valid_from and found.certificate_valid_to):
        return None
    return found.certificate_valid_from <= found.commissioned_on <= found.certificate_valid_to


@answers("scheme.by_commissioned_firm", kind="flag", label="方案由受托单位编制")
def by_commissioned_firm(project) -> bool | None:
    """The newest scheme names the firm that was commissioned (YQ-3.4-4)."""
    scheme, commission = current.scheme(project), current.commission(project)
    if scheme is None or commission is None:
        return None
    return not scheme.compiled_by_self and scheme.firm_name.strip() == commission.firm_name.strip()


@answers("scheme.sent_back", kind="flag", label="最新版本未通过审查")
def sent_back(project) -> bool:
    """The newest version was concluded with 未通过 or 修改后再审, so that a new version is due (YQ-3.4-1)."""
    return conclusion(project) not in (None, PASSED)


@answers("review_plan.on_this_scheme", kind="flag", label="本次送审已有评审方案")
def plan_on_file(project) -> bool:
    """A review plan for the newest submission (YQ-3.4-8)."""
    return ReviewPlan.of_this_submission(project).exists()


@answers("expert_review.on_this_scheme", kind="list", label="本次送审的评审专家")
def experts(project) -> list[str]:
    """The experts who reviewed the newest submission; empty for none (YQ-3.4-11)."""
    found = ExpertReview.of_this_submission(project).first()
    return list(found.experts) if found else []


@answers("expert_review.negative", kind="flag", label="专家结论不是通过")
def negative(project) -> bool:
    """The experts of the newest submission concluded otherwise than 通过 (YQ-3.4-11)."""
    found = ExpertReview.of_this_submission(project).first()
    return bool(found and found.conclusion != PASSED)


@answers("expert_review.from_unit", kind="list", label="属于申报单位的专家")
def from_unit(project) -> list[str]:
    """Listed experts who belong to the unit that owns the project (YQ-3.4-18)."""
    return of_unit(project, experts(project))


@answers("expert_review.outside_panel", kind="list", label="不在抽取名单内的专家")
def outside_panel(project) -> list[str]:
    """Listed experts who were not drawn, where a draw was held; empty without one (YQ-3.4-11)."""
    draw = latest_draw(project)
    drawn = {member.expert.name for member in members(draw)} if draw else None
    return [] if drawn is None else [name for name in experts(project) if name not in drawn]


@answers("scheme_opinion.current", kind="text", label="最新版本的审查结论")
def conclusion(project) -> str | None:
    """The conclusion on the newest version, None while there is none (YQ-3.4-10, YQ-3.5-1)."""
    found = current.scheme_opinion(project)
    return found.conclusion if found else None


@answers("scheme_opinion.passed", kind="flag", label="技术方案评审已通过")
def passed(project) -> bool:
    """The newest version was concluded with 通过 (YQ-3.4-2, YQ-3.5-1)."""
    return conclusion(project) == PASSED


@answers("scheme_opinion.current_signed_on", kind="date", label="最新版本审查意见的签发日期")
def signed_on(project):
    """When the opinion on the newest version was signed (YQ-3.4-2)."""
    found = current.scheme_opinion(project)
    return found.signed_on if found else None


@answers("scheme_opinion.items", kind="number", label="核准采购内容行数")
def items(project) -> int:
    """How many items the opinion on the newest version approves (YQ-3.4-10)."""
    found = current.scheme_opinion(project)
    return found.items.count() if found else 0
