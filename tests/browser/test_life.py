"""Here: the whole life of a project, every step by the office concerned, in browsers. Not here: what the rules ask."""

from datetime import timedelta

from playwright.sync_api import expect

from organizations import clock
from organizations.roles import ROLE_LABELS
from projects.evidence import EVIDENCE
from projects.models import Project
from projects.states import State
from projects.transitions import next_move, options

YEARS_LATER = timedelta(days=460)  # YQ-3.8-2: evaluation comes a year after delivery, so that lies in the past
FROM_THEN_ON = {State.CONTRACTED, State.BUILDING, State.TRIAL, State.ACCEPTING, State.ACCEPTED}


class Offices:
    """One browser per role, opened when first needed; `met` is who has done what, in order."""

    def __init__(self, enter) -> None:
        self.enter = enter
        self.people: dict[str, object] = {}
        self.met: list[tuple[str, str]] = []

    def __getitem__(self, role: str):
        if role not in self.people:
            self.people[role] = self.enter(role)
        return self.people[role]

    def do(self, project: Project, role: str, remedy: str) -> None:
        """Mend one obstacle on its page."""
        self.met.append((role, remedy))
        if remedy.startswith("material:"):
            self[role].hand_in(project, remedy.removeprefix("material:"))
            return
        today = clock.today() - (YEARS_LATER if project.state in FROM_THEN_ON else timedelta())
        with clock.at(today):
            self[role].record(project, remedy)

    def move(self, project: Project, name: str, by: str) -> None:
        """The button of the move on its page."""
        self.met.append((by, name))
        page = self[by].page
        page.goto(f"/projects/{project.number}/moves/{name}/")
        page.locator("main form button.main").click()
        expect(page.get_by_role("status").first).to_contain_text("项目现在是")


def obstacles(town, project: Project, move: str) -> list[tuple[str, str]]:
    """(role, remedy) of everything that stands before a move."""
    option = next(each for each in options(project, town.users["gov_office"]) if each.move == move)
    return [mender(project, verdict) for verdict in option.blocking if verdict.remedy]


def mender(project: Project, verdict) -> tuple[str, str]:
    """Whose turn it is to mend a verdict."""
    pack, remedy = project.pack, verdict.remedy
    if remedy.startswith("material:"):
        by = pack.material(remedy.removeprefix("material:")).by
    else:
        by = pack.records[remedy].by if remedy in pack.records else EVIDENCE[remedy].by
    return next((role for role in verdict.unblock if role in by), by[0]), remedy


def fresh(project: Project) -> Project:
    """The project as it is now."""
    return Project.objects.select_related("jurisdiction", "department").get(pk=project.pk)


def test_from_draft_to_evaluation_by_all_offices(town, enter):
    offices, project = Offices(enter), town.draft("2400000.00")
    for _ in range(200):
        project = fresh(project)
        move = next_move(project)
        if move is None:
            break
        waiting = obstacles(town, project, move)
        if project.state == State.BUDGETED and ("applicant", "initiation_request") not in offices.met:
            offices.do(project, "applicant", "initiation_request")
            offices.do(project, "planning", "initiation_decision")
        elif waiting:
            role, remedy = waiting[-1] if offices.met[-1:] == waiting[:1] else waiting[0]
            offices.do(project, role, remedy)
        else:
            offices.move(project, move, project.pack.moves[move].by[0])
    assert project.state == State.EVALUATED, offices.met[-6:]
    assert {ROLE_LABELS[role] for role, _ in offices.met} == {"建设单位", "电子政务中心", "市府办", "财政局", "发改局", "资管办"}
    offices["applicant"].page.goto(f"/projects/{project.number}/")
    expect(offices["applicant"].page.locator("main")).to_contain_text("绩效")
