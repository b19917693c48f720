"""Here: the lists of waiting projects, and who is told of an acceptance. Not here: reminders (deadlines)."""

from datetime import date

from acceptance.waiting import awaiting_acceptance, awaiting_filing
from desk.models import Notice
from desk.queues import mailboxes
from organizations import clock


def told(found) -> list[tuple[str, str]]:
    """Project and words."""
    return [(item.project.name, item.text) for item in found]


def test_days_since_a_passed_trial_run_and_since_the_acceptance(city):
    project, walker, users = city.project("trial"), city.walker(), city.users
    walker.record(project, "trial_run", {"conclusion": "不合格"})
    assert awaiting_acceptance(users["gov_office"]) == []
    walker.record(project, "completion", {"completed_on": "2026-02-20"})
    walker.record(project, "trial_run", {"started_on": "2026-02-20", "ended_on": "2026-02-28"})
    with clock.at(date(2026, 3, 10)):
        for role in ("applicant", "centre", "gov_office"):
            assert told(awaiting_acceptance(users[role])) == [("智慧城管平台", "试运行合格已10天,尚未组织验收")]
        assert awaiting_acceptance(users["other"]) == []
        walker.walk_to(project, "accepted")
        assert awaiting_acceptance(users["gov_office"]) == []
    with clock.at(date(2026, 3, 18)):
        assert told(awaiting_filing(users["centre"])) == [("智慧城管平台", "已通过8天未备案")]
        assert awaiting_filing(users["other"]) == []
        walker.record(project, "acceptance_filing")
        assert awaiting_filing(users["centre"]) == []
        walker.record(project, "acceptance_filing_confirmation", {"accepted": False, "remark": "材料不全"})
        assert told(awaiting_filing(users["centre"])) == [("智慧城管平台", "已通过8天未备案")]


def test_a_planned_acceptance_is_told_to_the_governing_office_and_the_departments_invited(city):
    project = city.project("trial")
    plan = {"planned_on": "2026-03-20", "place": "二楼会议室", "departments": ["市审计局"]}
    city.walker().record(project, "acceptance_plan", plan)

    def texts(role: str) -> list[str]:
        rows = Notice.objects.filter(to__in=mailboxes(city.users[role]), event="record:acceptance_plan")
        return list(rows.values_list("text", flat=True))

    text = "项目“智慧城管平台”定于2026-03-20在二楼会议室组织验收,请安排监督。"
    assert {role: texts(role) for role in ("gov_office", "audit", "finance")} == {
        "gov_office": [text], "audit": [text], "finance": [],
    }  # fmt: skip
