"""Here: the demo city's people asking, handing on and telling each other. Not here: what became of the projects (year.py)."""

from datetime import timedelta

from desk.consulting import answer, consult
from desk.copying import copy
from desk.handing import hand, handable
from desk.queues import office_queue
from desk.talking import comment
from projects.models import Project


def play(year, late: Project, waiting: Project | None) -> None:
    """The centre asks others about the tender document that waits, tells the governing office, and hands a filing on."""
    centre, finance = year.people.actors["centre"], year.people.actors["finance"]
    second = year.people.second["centre"]
    offices = {role: office_queue(late.jurisdiction_id, role) for role in ("finance", "planning", "gov_office")}
    with year.on(year.today - timedelta(days=6)):
        asked = consult(
            late, actor=centre, question="招标文件的付款节点和评分权重是否合适?请提出意见。",
            to=[offices["finance"], offices["planning"]],
        )  # fmt: skip
        copy(late, actor=centre, to=[offices["gov_office"]], note="招标文件审查进度,供掌握。")
    with year.on(year.today - timedelta(days=2)):
        answer(asked.pk, actor=finance, opinion="disagree", text="付款节点与预算批复不一致,请单位核对后再发布。")
        comment(late, actor=centre, text=f"@{finance.get_full_name()} 意见已转单位,正在核对付款节点。")
        if waiting is not None and (duty := handable(waiting, second).first()):
            hand(waiting, duty.pk, actor=second, taker_id=centre.pk, note="该镇的项目由您联系。")
    year.say("加签、抄送和留言已办理")
