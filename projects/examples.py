"""Here: lawful default fields of a filing, for scenarios and the demo. Not here: any other evidence (its room)."""

from decimal import Decimal

OWN_LEVEL = {"national": "中央"}


def filing_defaults(project) -> dict:
    """A complete and lawful filing for this kind and amount; the lines add up to the fen."""
    total = project.declared_total if project.declared_total is not None else Decimal("500000.00")
    return {
        "categories": list(project.pack.categories[1:2] or project.pack.categories[:1]),
        "ict_based": True,
        "objective": "业务全程网上办理,群众少跑腿。",
        "business_need": "年办件约十二万件,现有系统不能满足。",
        "shared_data_needed": "人口基础信息",
        "shared_data_offered": "办件结果数据",
        "public_facilities": ["政务外网", "政务云平台"],
        "declared_total": str(total),
        "funding": [{"source": "本级财政", "level": OWN_LEVEL.get(project.pack.jurisdiction, "市级"), "amount": str(total)}],
        "estimate": estimate_defaults(total),
    } | (interim_defaults(total) if project.origin == "临时申报" else {})


def interim_defaults(total: Decimal) -> dict:
    """The three proofs by name; their files are materials."""
    return {
        "interim_superior_doc": "上级主管部门关于建设的通知",
        "interim_government_doc": "市政府专题会议纪要",
        "interim_fund_source": "市级预备费",
        "interim_fund_amount": str(total),
    }


def estimate_defaults(total: Decimal) -> list[dict]:
    """Two lines that add up to the total."""
    first = (total / 2).quantize(Decimal("0.01"))
    return [
        _line("应用软件开发", "软件开发", "人月", first),
        _line("数据整理与迁移", "软件开发", "人月", total - first),
    ]


def _line(name: str, kind: str, unit: str, amount: Decimal) -> dict:
    return {"name": name, "type": kind, "unit": unit, "quantity": "1", "unit_price": str(amount), "amount": str(amount)}
