"""Here: reading a filled checklist, and what the forms show beside it. Not here: what a conclusion leads to (packs)."""

from policies.pack import Pack
from policies.vocabulary import FACTS
from projects.facts import own_built_without_reason
from reviews.criteria import CLAUSES, ITEMS, MET, NOT_APPLICABLE, UNMET


def lines(opinion) -> dict[str, object]:
    """The lines of an opinion by item; empty without one."""
    return {line.item: line for line in opinion.checklist.all()} if opinion else {}


def missing(opinion, items) -> list[str]:
    """Items without a conclusion, in the order of the list (YQ-1.2-12)."""
    filled = lines(opinion)
    return [item for item in items if not (item in filled and filled[item].conclusion)]


def unexplained(opinion) -> list[str]:
    """Items found 不适用 without a reason (YQ-1.2-12)."""
    return [
        line.item for line in lines(opinion).values() if line.conclusion == NOT_APPLICABLE and not line.remark.strip()
    ]


def unmet(opinion) -> list[str]:
    """Items found 不符合."""
    return [line.item for line in lines(opinion).values() if line.conclusion == UNMET]


def applying(pack: Pack, items) -> list[str]:
    """The items whose clauses the instrument has: another city's criteria are not asked."""
    return [item for item in items if CLAUSES[item] in pack.by_id]


def principles(pack: Pack) -> list[str]:
    """The principles of the instrument as read-only help at the head of a review form (YQ-1.2-1)."""
    return [f"{rule.clause} {rule.says}" for rule in pack.rules if rule.means == "principle"]


def beside(project) -> dict[str, list[str]]:
    """What the filing says to an item, shown next to it: aims, sharing, own-built lines, estimate (YQ-1.2-5 … -11)."""
    unshared = project.no_sharing_reason and not (project.shared_data_needed or project.shared_data_offered)
    own_built = own_built_without_reason(project)
    found = {
        "2b": [f"建设目标(运维目标):{project.objective}", f"业务需求:{project.business_need}"],
        "3a": [f"声明无共享需求,理由:{project.no_sharing_reason}"]
        if unshared
        else [f"需用的外部数据:{project.shared_data_needed}", f"可提供的数据:{project.shared_data_offered}"],
        "3b": [f"利用的公共基础设施:{'、'.join(project.public_facilities) or '未填'}"]
        + ([f"未说明为何不用公共设施:{'、'.join(own_built)}"] if own_built else []),
        "5": [f"申报概算 {project.declared_total:,.2f} 元,明细 {project.estimate.count()} 行"]
        if project.declared_total is not None
        else ["未填申报概算"],
    }
    results = FACTS["reviews.earlier_results"].answer(project)
    return found | ({"本单位以往绩效评价结果": results} if results else {})


def example(items) -> list[dict]:
    """A lawful filled checklist: every item met, with what was relied on."""
    relied = {
        "1a": "温州市电子政务发展规划",
        "4b": "国家电子政务标准体系",
        "4c": "信息安全等级保护基本要求",
    }
    return [
        {"item": item, "conclusion": MET, "basis": relied.get(item, ""), "remark": f"经审核,{ITEMS[item][6:]}。"}
        for item in items
    ]
