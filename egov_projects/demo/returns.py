"""Here: returns in the demo city: one that waits for its unit, one answered and filed again. Not here: the year (year.py)."""

from decimal import Decimal

from projects.models import Project
from projects.transitions import perform
from reviews import corrections

LETTER = [
    {
        "clause": "YQ-1.2-5", "part": "objective", "content": "建设目标没有量化,看不出建成后能达到什么效果。",
        "expected": "写明可以核对的指标,例如办件量、办理时限、群众跑动次数。",
    },
    {
        "clause": "YQ-1.2-11", "part": "estimate", "content": "概算明细过于笼统,“应用软件开发”没有按功能模块分列。",
        "expected": "按功能模块分列数量和单价,数量乘以单价等于金额。",
    },
    {
        "clause": "YQ-1.2-6", "part": "shared_data_needed", "content": "没有说明需要哪些部门的数据。",
        "expected": "列明数据名称和提供部门。",
    },
]  # fmt: skip
ANSWERS = [
    "已写明:网上办理率不低于 90%,平均办理时限由 5 天缩短到 2 天。",
    "已按预约、登记、收费三个模块分列。",
    "已列明:市公安局人口信息、市卫健局死亡医学证明信息。",
]


def send_back(year, project: Project, number: int = 3) -> None:
    """The centre returns a filing with a letter that numbers its defects."""
    letter = {"defects": LETTER[:number], "text": "请在补正后一并答复。"}
    year.walker.record(project, "return_letter", letter)
    perform(project.pk, "return_filing", actor=year.people.actors["centre"], note="请按告知书逐项补正后重新报送。")
    project.refresh_from_db()


def mend(year, project: Project) -> None:
    """The unit changes what was asked for, answers every point and files again; the centre settles the first."""
    filing = {
        "objective": "业务全程网上办理,网上办理率不低于 90%,平均办理时限由 5 天缩短到 2 天。",
        "shared_data_needed": "人口基础信息(市公安局)、死亡医学证明信息(市卫生健康局)",
        "estimate": modules(project.declared_total),
    }
    year.walker.record(project, "filing", filing)
    for point, text in zip(corrections.unanswered(project), ANSWERS, strict=True):
        answer = {"defect": point.defect.pk, "text": text, "changed": True}
        year.walker.record(project, "defect_answer", answer)
    project = Project.objects.get(pk=project.pk)
    year.walker.walk_to(project, "filed")
    year.walker.record(project, "defect_verdict")


def modules(total: Decimal) -> list[dict]:
    """The estimate by module; the lines add up to the total in 元."""
    first = (total / 4).quantize(Decimal("0.01"))
    costs = {"预约子系统": first, "登记子系统": first, "收费子系统": total - 2 * first}
    common = {"type": "软件开发", "unit": "人月", "quantity": "1"}
    return [common | {"name": name, "unit_price": str(cost), "amount": str(cost)} for name, cost in costs.items()]
