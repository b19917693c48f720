"""Here: a year of the demo city: the round and what became of its projects. Not here: people, money (money.py)."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from deadlines.sweep import sweep
from egov_projects.demo import drafts, experts, money, papers, returns, together
from egov_projects.demo.people import People
from egov_projects.walk import Walker
from organizations import clock
from projects.filing import open_draft, publish_batch
from projects.models import FilingBatch, Project
from projects.transitions import perform
from projects.waivers import decide_waiver, request_waiver

APPLICATIONS = Path(__file__).with_name("applications.csv")
REVIEWED = "渔港视频监控"
LATE, WAIVED, CHANGED = "审计数据分析平台", "数据共享交换平台", "公交出行信息服务"
ACCEPTED = "不动产登记档案数字化"
REACHED = {
    "数字图书馆资源建设": "scheme_filed", "渔港视频监控": "scheme_filed",
    WAIVED: "scheme_approved", "家庭医生签约服务系统": "scheme_approved",
    LATE: "procuring", "养老服务信息平台": "procuring",
    "停车泊位信息发布系统": "contracted", "气象灾害信息发布": "contracted",
    CHANGED: "building", "智慧城管综合指挥平台": "building", "区域卫生信息平台二阶段": "building",
    "社会救助核对系统": "trial", "卫生专网运维": "accepting", ACCEPTED: "accepted",
    "审批系统年度运维": "in_service", "教育城域网年度运维": "in_service",
}  # fmt: skip
SUSPENDED, TERMINATED = "家庭医生签约服务系统", "气象灾害信息发布"
# Months after the round's new year in which a state is usually reached.
PACE = {
    "budgeted": (1, 20), "scheme_filed": (2, 25), "scheme_approved": (3, 20), "procuring": (4, 10), "contracted": (5, 25),
    "building": (6, 10), "trial": (8, 20), "accepting": (9, 25), "accepted": (10, 12), "in_service": (10, 26),
}  # fmt: skip


@dataclass(frozen=True)
class Application:
    """A line of applications.csv; amounts in 元, `agreed` None where the round did not agree."""

    unit: str
    type: str
    name: str
    kind: str
    category: str
    asked: Decimal
    agreed: Decimal | None


def applications() -> list[Application]:
    """The round: 39 units, 75 applications for 371.58 million, 59 agreed with 106.18 million."""
    with APPLICATIONS.open(encoding="utf-8", newline="") as file:
        return [
            Application(
                **row | {"asked": Decimal(row["asked"]), "agreed": Decimal(row["agreed"]) if row["agreed"] else None}
            )
            for row in csv.DictReader(file)
        ]


class Year:
    """Walks the round and the year after it. `today` bounds every day: the demo never acts in the future."""

    def __init__(self, people: People, say: Callable[[str], None]) -> None:
        self.people, self.say, self.today = people, say, clock.today()
        self.round = (self.today - timedelta(days=330)).year
        self.walker = Walker(dict(people.actors))

    @contextmanager
    def on(self, day: date) -> Iterator[None]:
        """Act on a day, today at the latest."""
        with clock.at(min(day, self.today)):
            yield

    def publish(self, year: int) -> FilingBatch:
        """The yearly notice (YQ-3.1-1)."""
        with self.on(date(year, 8, 1)):
            return publish_batch(
                actor=self.people.actors["gov_office"],
                title=f"关于申报{year + 1}年度电子政务项目的通知",
                calendar_year=year,
                opens_on=date(year, 8, 1),
                closes_on=date(year, 9, 15),
                requirements="请于9月15日前报送项目预审申报表、建设方案等材料;运行维护项目一并申报。",
            )

    def file(self, each: Application, batch: FilingBatch, day: date) -> Project:
        """A complete filing of the unit's clerk."""
        clerk = self.people.clerks[each.unit]
        with self.on(day):
            project = open_draft(actor=clerk, name=each.name, kind=each.kind, origin="年度申报")
            project.declared_total = each.asked
            note = {"category_note": "窗口设备更新"} if each.category == "其他" else {}
            filing = {"batch": batch.pk, "plan_year": batch.plan_year, "categories": [each.category], **note}
            self.walker.record(project, "filing", filing)
            project = Project.objects.get(pk=project.pk)
            return self.walker.walk_to(project, "filed")

    def play(self) -> None:
        """The whole year."""
        batch, filed = self.publish(self.round), []
        for number, each in enumerate(applications()):
            filed.append((each, self.file(each, batch, date(self.round, 8, 10) + timedelta(days=number % 35))))
        self.say(f"已申报 {len(filed)} 个项目")
        refused = [project for each, project in filed if each.agreed is None]
        self.decide(refused)
        for each, project in filed:
            if each.agreed is not None:
                self.agree(each, project)
        money.arrange(self)
        self.say("预审和预算已办理")
        for each, project in filed:
            if each.name in REACHED:
                self.go_on(each.name, project)
        named = {each.name: project for each, project in filed}
        self.incidents(named)
        with self.on(date(self.round + 1, 3, 5)):
            experts.play(self.people, named, REVIEWED)
        money.pay(self, named)
        money.older(self)
        self.this_year()
        self.papers(named)
        together.play(self, named[LATE], Project.objects.filter(name="镇级数据看板").first())
        with self.on(self.today):
            sweep()

    def papers(self, projects: dict[str, Project]) -> None:
        """What moves do not issue: receipts, reviews and forms of the projects that went on, and of those of an earlier round."""
        with self.on(date(self.round + 1, 10, 20)):
            for name in ("acceptance_supervision", "acceptance_filing", "acceptance_filing_confirmation"):
                self.walker.record(projects[ACCEPTED], name)
        with self.on(self.today):
            rows = [projects[name] for name in REACHED] + list(Project.objects.filter(plan_year__lt=self.round + 1))
            count = sum(papers.issue(self.people, project) for project in rows)
        self.say(f"另出具公文和表格 {count} 件")

    def decide(self, refused: list[Project]) -> None:
        """What became of those the round did not agree to: most rejected, one withdrawn, one returned, some waiting."""
        centre = self.people.actors["centre"]
        with self.on(date(self.round, 10, 20)):
            withdrawn, returned = refused[-2:]
            perform(withdrawn.pk, "withdraw", actor=withdrawn.created_by, note="上级已统一部署,本单位不再单独申报。")
            returns.send_back(self, returned, 2)
            for project in refused[:-2]:
                self.walker.record(project, "filing_receipt", {"outcome": "受理"})
                self.walker.record(project, "preliminary_opinion", DISAGREES)
                self.walker.prepare(project, "reject")
                perform(project.pk, "reject", actor=centre, note="本年度财力有限,建设内容与已有系统重叠,不予通过。")

    def agree(self, each: Application, project: Project) -> None:
        """预审 in autumn, the detailed budget cut to what was agreed, approved after the new year."""
        with self.on(date(self.round, 10, 15)):
            self.walker.walk_to(project, "endorsed")
        with self.on(date(self.round + 1, *PACE["budgeted"])):
            self.walker.record(project, "budget_sheet", self.sheet(each, project))
            self.walker.walk_to(project, "budgeted")

    def sheet(self, each: Application, project: Project) -> dict:
        """The example's lines, reviewed down to the agreed amount, with the reason for each cut."""
        from projects.evidence import EVIDENCE

        project.declared_total = each.agreed
        data = EVIDENCE["budget_sheet"].example(project)
        project.refresh_from_db()
        main = data["lines"][0]
        main["asked"] = str(Decimal(main["reviewed"]) + each.asked - each.agreed)
        if each.asked != each.agreed:
            main["cut_reason"] = "按政务云和公共平台统建内容核减。"
        return data

    def go_on(self, name: str, project: Project) -> None:
        """State by state through the year after the round."""
        goal = REACHED[name]
        self.walker.without = frozenset({"expert_review"}) if name == WAIVED else frozenset()
        for state in project.route[project.route.index("scheme_filed") : project.route.index(goal) + 1]:
            with self.on(date(self.round + 1, *PACE[state])):
                if name == WAIVED and state == "scheme_approved":
                    self.waive(project)
                self.walker.walk_to(project, state)
        self.walker.without = frozenset()

    def waive(self, project: Project) -> None:
        """原则上 must: the centre grants an exception from the expert review, asked for by the unit (YQ-3.4-11)."""
        asked = request_waiver(
            project.pk, "YQ-3.4-11", actor=project.created_by,
            reason="方案沿用上年度已经专家论证的省统建标准,内容没有变化。", basis="省统建标准论证意见",
        )  # fmt: skip
        decide_waiver(asked.pk, actor=self.people.second["centre"], grant=True, note="同意,列入监督报表。")

    def incidents(self, projects: dict[str, Project]) -> None:
        """One tender document nobody has reviewed in time, one change over a line, one suspension, one termination."""
        with self.on(self.today - timedelta(days=20)):
            self.walker.record(projects[LATE], "tender_document")
        with self.on(date(self.round + 1, 7, 15)):
            self.change(projects[CHANGED])
        with self.on(date(self.round + 1, 6, 1)):
            governing = self.people.actors["gov_office"]
            perform(projects[SUSPENDED].pk, "suspend", actor=governing, note="单位机构调整,暂停实施。")
            perform(projects[TERMINATED].pk, "terminate", actor=governing, note="上级统一建设同类系统,终止本项目。")

    def change(self, project: Project) -> None:
        """A change that lifts the investment by a tenth, and with it over a line: new duties appear."""
        project.refresh_from_db()
        total = (project.investment * Decimal("1.10")).quantize(Decimal("0.01"))
        for name, fields, role in (
            (
                "change_request",
                {"new_total": str(total), "necessity": "接入线路由12条增至20条,确需增加终端。"},
                "applicant",
            ),
            ("change_review", {}, "centre"),
            ("change_signature", {}, "finance"),
            ("change_signature", {}, "gov_office"),
            ("change_decision", {}, "centre"),
        ):
            self.walker.record(project, name, fields, role=role)
            project.refresh_from_db()

    def this_year(self) -> None:
        """The round that is open or just closed: three filings wait for the centre, one of them mended, two of them alike."""
        year = self.round + 1
        if self.today < date(year, 8, 20):
            return
        batch, filed = self.publish(year), []
        for unit, name, asked in (
            ("市民政局", "殡葬服务管理系统", "680000.00"),
            ("虹桥镇人民政府", "镇级数据看板", "1250000.00"),
            ("大荆镇人民政府", "镇级数据看板系统", "1180000.00"),
        ):
            each = Application(unit, "direct", name, "新建", "电子政务应用系统", Decimal(asked), None)
            filed.append(self.file(each, batch, min(date(year, 9, 10), self.today)))
        with self.on(date(year, 9, 11)):
            returns.send_back(self, filed[0])
        with self.on(date(year, 9, 14)):
            returns.mend(self, filed[0])
        with self.on(self.today):
            drafts.begin(self.people.clerks["市民政局"], filed[0])
        self.say("本年度申报已提交")


DISAGREES = {"opinion": "不同意", "text": "建设内容与公共平台重叠,本年度不予安排。"}
