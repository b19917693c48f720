"""Here: the demo city's expert pool and one panel drawn from it. Not here: its projects (year.py)."""

from decimal import Decimal

from egov_projects.demo.people import People
from projects.models import Project
from projects.states import State
from reviews import panel, pool, scores
from reviews.forms.experts import ExpertForm
from reviews.models import Expert, Recusal

SECURITY, DATA, SOFTWARE, NETWORK, COST = "网络安全", "数据共享", "软件工程", "网络与机房", "造价"
EXPERTS = (
    ("张维国", "温州大学", "教授", [SECURITY, SOFTWARE]), ("李敏", "中国电信温州分公司", "高级工程师", [NETWORK]),
    ("陈立新", "浙江工贸职业技术学院", "副教授", [SOFTWARE]), ("周海平", "温州医科大学", "高级工程师", [DATA, SOFTWARE]),
    ("林晓东", "温州市大数据管理中心", "高级工程师", [DATA]), ("王建华", "温州设计集团", "注册造价工程师", [COST]),
    ("赵文斌", "中国移动温州分公司", "高级工程师", [NETWORK, SECURITY]), ("吴秀英", "温州市财税会计学校", "高级会计师", [COST]),
    ("徐国平", "浙江安防职业技术学院", "教授", [SECURITY]), ("叶静", "温州市信息技术学会", "高级工程师", [DATA, SECURITY]),
    ("金永年", "温州商学院", "副教授", [SOFTWARE]), ("朱丽华", "中国联通温州分公司", "工程师", [NETWORK]),
    ("胡志明", "温州职业技术学院", "教授", [SOFTWARE, DATA]), ("倪海涛", "温州市测评中心", "测评师", [SECURITY]),
    ("蔡晓红", "浙江东方职业技术学院", "副教授", [DATA]), ("潘建军", "温州市广播电视台", "高级工程师", [NETWORK]),
    ("南文", "市教育局", "高级教师", [SOFTWARE]), ("包国庆", "温州市工程咨询公司", "咨询工程师", [COST, NETWORK]),
)  # fmt: skip
RETIRED = "潘建军"


def play(people: People, projects: dict[str, Project], name: str) -> None:
    """Fill the pool, then draw a panel for one project under review: one member steps back, one opinion is in."""
    centre = people.actors["centre"]
    for number, (expert, employer, title, specialties) in enumerate(EXPERTS):
        data = {
            "name": expert, "employer": employer, "title": title, "specialties": specialties,
            "phone": f"1380000{number:04d}",
        }  # fmt: skip
        form = ExpertForm(data, instance=Expert(jurisdiction=people.jurisdiction))
        form.full_clean()
        pool.keep(form, actor=centre)
    pool.suspend(Expert.objects.get(name=RETIRED), actor=centre, active=False, reason="本人提出退出专家库。")
    project = projects[name]
    project.refresh_from_db()
    if project.state == State.SCHEME_FILED:
        draw(project, centre)


def draw(project: Project, centre) -> None:
    """Five members of whom two for their specialty, three substitutes."""
    panel.seal(project.pk, actor=centre, members=5, substitutes=3, strata={SECURITY: 1, DATA: 1})
    held = panel.hold(project.pk, actor=centre, on_site="27")
    first, *others = (member.expert for member in panel.members(held))
    panel.step_back(project.pk, first.pk, actor=centre, kind=Recusal.CONFLICT, reason="近两年参与过申报单位的课题。")
    scores.enter_opinion(
        project.pk, others[0].pk, actor=centre, conclusion="通过", text="总体可行,建议细化与市公共数据平台的接口。",
        scores={"4a": Decimal("86.00"), "4b": Decimal("90.00"), "4c": Decimal("82.50")},
    )  # fmt: skip
