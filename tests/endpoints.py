"""Here: every address of the house, and what it answers to whom. Not here: asking them (test_matrix.py).

An answer names groups of people and, for a project's address, the statuses for draft, filed and closed. Whoever is not
named gets 404, as everybody does for the neighbour's project; nobody signed in is sent to the login page, or 401 in REST.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from egov_projects.walk import sample_file
from tests.world import ADMINISTRATORS, OFFICES, PEOPLE, SLOT, WAIVABLE, World

GROUPS = {
    "unit": ("applicant", "sibling"),
    "drafts": ("gov_office", "audit"),
    "later": ("centre", "finance", "planning", "tender"),
    "offices": OFFICES,
    "business": ("applicant", "sibling", "other", *OFFICES),
    "administrators": ADMINISTRATORS,
    "signed in": tuple(name for name in PEOPLE if name != "anonymous"),
    "everybody": PEOPLE,
}
Answer = dict[str, str]
Build = Callable[[World, str], dict]


@dataclass(frozen=True)
class Endpoint:
    """`path` and `body` make the arguments for a position; no answer to a method means 405."""

    get: Answer | None = None
    post: Answer | None = None
    path: Build | None = None
    body: Build = lambda world, position: {}
    per_project: bool = False

    def expected(self, answer: Answer, person: str, position: str, *, rest: bool) -> int:
        """The status for somebody; a person's own name goes before a group."""
        named = [key for key in answer if person == key] or [key for key in answer if person in GROUPS.get(key, ())]
        if person == "anonymous" and not named:
            return 401 if rest else 302
        if not named or (position == "abroad" and self.per_project):
            return 404
        statuses = answer[named[0]].split()
        return int(statuses[("draft", "filed", "closed").index(position)] if self.per_project else statuses[0])


SEEN = {"unit": "200 200 200", "drafts": "200 200 200", "later": "404 200 200"}
NOT_THEIRS = {"drafts": "403 403 403", "later": "404 403 403"}
SENT_BACK = {"unit": "302 302 302", "drafts": "302 302 302", "later": "404 302 302"}
ALL = {"signed in": "200"}
PUBLIC = {"everybody": "200"}
BUSINESS = {"business": "200"}
REVIEWERS = {"centre": "200", "gov_office": "200", "signed in": "403"}
NO_OPINION = {"unit": "403 403 403", "audit": "403 403 403", "later": "404 403 403"}
REVIEWED = {**NO_OPINION, "centre": "404 200 200", "gov_office": "200 200 200"}
POOL = {"centre": "200", "gov_office": "200", "audit": "200"}
KEEPING = {"centre": "200", "gov_office": "403", "audit": "403"}


def about(get: Answer | None = None, post: Answer | None = None, body: Build | None = None, **more) -> Endpoint:
    """An address below a project's number; `more` are further parts of the path or names of rows that hang on it."""

    def path(world: World, position: str) -> dict:
        parts = {key: world.ids[position][value] if key == "pk" else value for key, value in more.items()}
        return {"number": world.projects[position].number, **parts}

    return Endpoint(get, post, path, body or (lambda world, position: {}), per_project=True)


def plain(get: Answer | None = None, post: Answer | None = None, body: dict | None = None, **path) -> Endpoint:
    """An address that is about no project."""
    return Endpoint(get, post, lambda world, position: path, lambda world, position: dict(body or {}))


def waiver(post: Answer, body: dict) -> Endpoint:
    """An address of one exception."""
    return Endpoint(
        None, post, lambda world, position: {"pk": world.ids[position]["waiver"]}, lambda world, position: body,
        per_project=True,
    )  # fmt: skip


def consulted(post: Answer) -> Endpoint:
    """An address of one consultation."""
    return Endpoint(
        None, post, lambda world, position: {"pk": world.ids[position]["consultation"]},
        lambda world, position: {"opinion": "agree"}, per_project=True,
    )  # fmt: skip


def duty_of(world: World, position: str) -> dict:
    """The first duty of the project, to be handed to nobody in particular."""
    first = world.projects[position].duties.exclude(kind="consult").order_by("id").first()
    return {"duty": first.pk if first else 0, "taker": ""}


def upload(world: World, position: str) -> dict:
    """A document for a slot of the unit."""
    return {"code": SLOT, "status": "草稿", "file": sample_file("方案")}


def turn(world: World, position: str) -> dict:
    """The move `file`, which is the unit's."""
    return {"move": "file", "note": "提交"}


def said(world: World, position: str) -> dict:
    """A remark."""
    return {"text": "请尽快补充。"}


def of_person(name: str, get: Answer | None = None, post: Answer | None = None, body: dict | None = None) -> Endpoint:
    """An address of somebody's account."""
    return Endpoint(get, post, lambda world, position: {"pk": world.users[name].pk}, lambda world, position: body or {})


def of_unit(name: str, get: Answer | None = None, post: Answer | None = None, body: dict | None = None) -> Endpoint:
    """An address of somebody's unit."""
    return Endpoint(
        get, post, lambda world, position: {"pk": world.users[name].organization_id}, lambda world, position: body or {}
    )


def only(person: str, status: str = "200") -> Answer:
    """One administrator; everybody else signed in is refused."""
    return {person: status, "signed in": "403"}


SYSTEM, SECURITY = only("system_admin"), only("security_admin")
AUDITORS = {"audit_admin": "200", "audit": "200"}
SYSTEM_ELSE_404 = {"system_admin": "200"}
ASKED = {"rule": WAIVABLE, "reason": "规模小", "basis": "测试文号"}
NEW = {"name": "新平台", "kind": "新建", "origin": "年度申报"}
NOTICE = {
    "title": "申报通知", "doc_no": "测试", "calendar_year": 2027, "opens_on": "2027-01-01", "closes_on": "2027-02-01",
    "published_on": "2027-01-01",
}  # fmt: skip
BOARD = dict.fromkeys(("finance", "gov_office", "audit", "centre"), "200")
FILING = "filing"
OPINION = "applicability_opinion"
PAPER = "suspension_notice"  # nobody has suspended anything: there is nothing to issue it from

ENDPOINTS: dict[str, Endpoint] = {
    # the doors of the building
    "healthz": plain(PUBLIC),
    "readyz": plain(PUBLIC),
    "api-schema": plain(PUBLIC),
    "api-docs": plain(PUBLIC),
    "api-login": plain(None, {"everybody": "400"}),
    "api-logout": plain(None, {"everybody": "401"}),  # by token only
    "organizations:login": plain({"signed in": "302", "anonymous": "200"}, {"signed in": "302", "anonymous": "200"}),
    "organizations:logout": plain(None, {"everybody": "302"}),
    "organizations:password_change": plain(ALL, ALL),
    "organizations:profile": plain(ALL, {"signed in": "302"}),
    "organizations:unit": plain(BUSINESS, {"business": "302"}),
    "organizations:delegations": plain({**BUSINESS, "administrators": "403"}, {**BUSINESS, "administrators": "403"}),
    "organizations:delegation_end": plain(None, {"administrators": "403"}, pk=1),
    "organizations:code": plain({"signed in": "302"}, {"signed in": "302"}),
    "organizations:second_factor": plain(ALL, {"signed in": "400"}),
    "organizations:certificates": plain({**BUSINESS, "administrators": "403"}, {"gov_office": "400", "signed in": "403"}),
    "organizations:certificate_active": plain(None, {"gov_office": "404", "signed in": "403"}, pk=1),
    # administrators
    "organizations:system": plain(SYSTEM),
    "organizations:system_units": plain(SYSTEM),
    "organizations:system_new_unit": plain(SYSTEM, only("system_admin", "400")),
    "organizations:system_unit": of_unit("other", SYSTEM, only("system_admin", "400")),
    "organizations:system_unit_active": of_unit("other", None, only("system_admin", "302"), {"active": "yes"}),
    "organizations:system_offices": plain(SYSTEM, only("system_admin", "400")),
    "organizations:system_office_active": plain(None, only("system_admin", "404"), pk=0),
    "organizations:system_places": plain(SYSTEM),
    "organizations:system_new_place": plain(SYSTEM, only("system_admin", "400")),
    "organizations:system_place": Endpoint(
        SYSTEM, only("system_admin", "400"), lambda world, position: {"pk": world.city.jurisdiction.pk}
    ),
    "organizations:system_people": plain(SYSTEM),
    "organizations:system_new_person": plain(SYSTEM, only("system_admin", "400")),
    "organizations:system_person": of_person("other", SYSTEM, only("system_admin", "400")),
    "organizations:system_reset": of_person("other", None, SYSTEM),
    "organizations:system_person_active": of_person("other", None, only("system_admin", "302"), {"active": "yes"}),
    "organizations:security_rights": plain(SECURITY),
    "organizations:security_factor": of_person("other", None, only("security_admin", "302"), {"reason": "手机遗失"}),
    "organizations:security_lockouts": plain(SECURITY),
    "organizations:security_release": plain(None, only("security_admin", "404"), pk=0),
    "organizations:security_sessions": plain(SECURITY),
    "organizations:security_end": plain(None, only("security_admin", "404"), mark="0"),
    "organizations:security_revoke": plain(None, only("security_admin", "404"), mark="0"),
    "organizations:security_policy": plain(SECURITY),
    "deadlines:calendar": plain(SYSTEM, only("system_admin", "400")),
    "deadlines:calendar_year": plain(SYSTEM, year=2026),
    "desk:handovers": plain({"signed in": "403"}),  # of heads of units; nobody here is one
    "desk:handover": of_person("other", SYSTEM_ELSE_404, {"system_admin": "400"}),
    # pages
    "desk:home": plain({**BUSINESS, "administrators": "302"}),
    "desk:done": plain(ALL),
    "desk:mine": plain(ALL),
    "desk:notices": plain(ALL),
    "desk:read_all": plain(None, {"signed in": "302"}),
    "desk:comment": about(None, SENT_BACK, said),
    "desk:urge": about(None, SENT_BACK),
    "desk:hand": about(SEEN, {"unit": "400 403 403", "drafts": "403 403 403", "centre": "404 400 403", "later": "404 403 403"},
                       duty_of),
    "desk:consult": about(SEEN, {"unit": "400 400 400", "drafts": "400 400 400", "later": "404 400 400"}),
    "desk:copy": about(SEEN, {"unit": "400 400 400", "drafts": "400 400 400", "later": "404 400 400"}),
    "desk:answer": consulted({"audit": "302 302 302", "unit": "403 403 403", "drafts": "403 403 403", "later": "404 403 403"}),
    "desk:withdraw": consulted(SENT_BACK),
    "jobs:list": plain(ALL),
    "jobs:job": plain({}, pk=UUID(int=3)),
    "jobs:cancel": plain(None, {}, pk=UUID(int=3)),
    "jobs:retry": plain(None, {}, pk=UUID(int=3)),
    "jobs:download": plain({}, pk=UUID(int=3)),
    "reviews:experts": plain(POOL),
    "reviews:expert_new": plain(KEEPING, {**KEEPING, "centre": "400"}),
    "reviews:expert": plain({}, pk=1),
    "reviews:expert_edit": plain({"gov_office": "403", "audit": "403"}, {"gov_office": "403", "audit": "403"}, pk=1),
    "reviews:expert_state": plain(None, {}, pk=1),
    "reviews:draw": about({"gov_office": "200 200 200", "audit": "200 200 200", "centre": "404 200 200"}),
    "reviews:draw_step": about(
        None, {"gov_office": "403 403 403", "audit": "403 403 403", "centre": "404 409 409"}, action="seal"
    ),
    "reviews:draw_json": about({}, count=1),
    "desk:save_view": plain(None, {"signed in": "302"}, {"page": "reviews:queue", "name": "大项目", "query": "sort=high"}),
    "desk:change_view": plain(None, {}, pk=1),
    "reviews:queue": plain(REVIEWERS),
    "reviews:bulk": plain(None, {"centre": "302", "signed in": "403"}, {"handling": "filing_receipt"}),
    "reviews:bulk_confirm": plain(
        None, {"centre": "302", "signed in": "403"}, {"handling": "filing_receipt", "key": str(UUID(int=1))}
    ),
    "reviews:bulk_result": plain({}, key=UUID(int=2)),
    "reviews:phrases": plain(REVIEWERS, {"centre": "302", "signed in": "403"}, {"clause": "YQ-1.2-5", "text": "目标清楚。"}),
    "reviews:phrase_end": plain(None, {"centre": "404", "gov_office": "404", "signed in": "403"}, pk=1),
    "reviews:review": about(REVIEWED, {**NO_OPINION, "centre": "404 400 409", "gov_office": "403 403 403"}),
    "reviews:opinion": about(
        REVIEWED, {**NO_OPINION, "centre": "404 409 409", "gov_office": "403 403 403"}, name="scheme_opinion"
    ),
    "reviews:receive": about(None, {**NO_OPINION, "centre": "404 302 302", "gov_office": "302 302 302"}),
    "exchange:exchange": plain(ALL),
    "exchange:export": plain({"business": "200"}, {"business": "302"}, name="projects"),
    "exchange:import": plain(only("centre"), only("centre", "400"), name="past-projects"),
    "exchange:template": plain(only("centre"), name="experts"),
    "exchange:run": plain({}, {}, pk=UUID(int=4)),
    "exchange:run_errors": plain({}, pk=UUID(int=4)),
    "exchange:project_import": about(
        {"unit": "200 403 403", **NOT_THEIRS}, {"unit": "400 403 403", **NOT_THEIRS}, name="estimate"
    ),
    "exchange:project_template": about({"unit": "200 403 403", **NOT_THEIRS}, name="estimate"),
    "projects:past": plain(BUSINESS),
    "deadlines:board": plain(ALL),
    "deadlines:statistics": plain(ALL),
    "deadlines:reports": plain(ALL),
    "deadlines:report_made": plain(None, {}, pk=1),
    "deadlines:supervise": plain(None, {}, pk=1),
    "deadlines:project": about(SEEN),
    "deadlines:subscription": plain({**BUSINESS, "administrators": "403"}, {**BUSINESS, "administrators": "403"}),
    "deadlines:feed": plain({"everybody": "404"}, token="unknown"),
    "reports:supervision": plain(ALL),
    "reports:results": plain(ALL),
    "reports:waivers": plain(BUSINESS),
    "reports:dashboard": plain(BOARD),
    "reports:budget_rows": plain(BOARD),
    "reports:places": plain({}),  # of offices with several places
    "reports:pace": plain({}, code="yueqing"),
    "reports:checks": plain({**BOARD, "system_admin": "200"}),
    "reports:timeline": about(SEEN),
    "performance:overview": plain({"offices": "200"}),
    "budget:payments": about(
        SEEN, {"unit": "403 403 403", "drafts": "403 403 403", "finance": "404 400 409", "later": "404 403 403"}
    ),
    "reports:plan": plain({"offices": "200"}, {"finance": "302", "offices": "403"}, {"amount": "1.00"}),
    "reports:plan_year": plain({"offices": "200"}, {"finance": "302", "offices": "403"}, {"amount": "1.00"}, year=2026),
    "reports:plan_order": plain(None, {"finance": "404", "offices": "403"}, {"project": "1", "to": "1"}, year=2026),
    "reports:plan_lock": plain(None, {"finance": "302", "offices": "403"}, {"confirmed": "1"}, year=2026),
    "reports:volume": about(SEEN, SENT_BACK),
    "reports:volume_file": about({}, count=1, form="zip"),
    "reports:volume_verifier": plain(ALL),
    "projects:list": plain(ALL),
    "projects:search": plain(ALL),
    "projects:new": plain(BUSINESS, {"business": "302"}, NEW),
    "projects:project": about(SEEN),
    "projects:ledger": about(SEEN),
    "projects:decision": about({"unit": "404 200 200", "drafts": "404 200 200", "later": "404 200 200"}, step=1),
    "projects:audit": plain({**AUDITORS, "signed in": "403"}),
    "projects:audit_ledger": plain({**AUDITORS, "signed in": "403"}, {**AUDITORS, "signed in": "403"}),
    "projects:anchors": plain({**AUDITORS, "signed in": "403"}),
    "projects:anchor_file": plain({"audit_admin": "404", "audit": "404", "signed in": "403"}, pk=0, form="json"),
    "projects:versions": about(SEEN),
    "procurement:tender": about(
        SEEN, {"unit": "403 403 403", "drafts": "403 403 403", "centre": "404 409 409", "later": "404 403 403"}
    ),
    "reviews:duplicates": about(
        {"drafts": "200 200 200", "later": "404 200 200"},
        {"drafts": "403 403 403", "centre": "404 400 409", "later": "404 403 403"},
    ),
    "reviews:corrections": about(
        SEEN, {"unit": "400 400 409", "drafts": "403 403 403", "later": "404 403 403"},
        lambda world, position: {"point": "1", "defect": "1", "text": "已补充"},
    ),
    "projects:filing": about({"unit": "302 302 302", **NOT_THEIRS}),
    "projects:filing_section": about(
        {"unit": "200 302 302", **NOT_THEIRS}, {"unit": "302 409 409", **NOT_THEIRS}, section="basics"
    ),
    "projects:filing_duties": about({"unit": "200 200 200", **NOT_THEIRS}),
    "projects:filing_rehearsal": about({"unit": "200 302 302", **NOT_THEIRS}),
    "projects:filing_check": about(
        {"unit": "200 302 302", **NOT_THEIRS}, {"unit": "409 409 409", **NOT_THEIRS}
    ),
    "projects:record": about(
        SEEN | {"unit": "302 200 200"}, {"unit": "302 409 409", "drafts": "403 403 403", "later": "404 403 403"}, name=FILING
    ),
    "projects:void": about(None, SENT_BACK, name=OPINION, pk="record"),
    "projects:move": about(
        {"unit": "302 404 404", "drafts": "200 404 404"},
        {"unit": "409 409 409", "drafts": "403 409 409", "later": "404 409 409"},
        move="file",
    ),
    "projects:materials": about(
        SEEN, {"unit": "302 400 400", "drafts": "400 400 400", "later": "404 400 400"}, upload
    ),
    "projects:attachment": about(SEEN, pk="attachment"),
    "projects:preview": about(SEEN, pk="attachment"),
    "projects:preview_inside": about(SEEN, pk="attachment"),
    "projects:paper_look": about(SEEN, pk="paper"),
    "projects:paper_inside": Endpoint(  # of no paper: drawing one takes a moment
        {}, None, lambda world, position: {"number": world.projects[position].number, "pk": 0}, per_project=True
    ),
    "projects:papers": about(SEEN),
    "projects:paper_preview": about({"unit": "302 302 302", "drafts": "302 302 302", "later": "404 302 302"}, kind=PAPER),
    "projects:paper_issue": about(None, SENT_BACK, kind=PAPER),
    "projects:paper_reissue": about(None, SENT_BACK, pk="paper"),
    "projects:paper_verify": about(None, SENT_BACK, pk="paper"),
    "projects:paper_file": about(SEEN, pk="paper", form="docx"),
    "projects:waivers": about(SEEN, SENT_BACK, lambda world, position: ASKED),
    "projects:decide": waiver(SENT_BACK, {"grant": "1"}),
    "projects:batches": plain(ALL, {"gov_office": "302", "signed in": "403"}, NOTICE),
    "projects:notice_file": plain({}, pk=0, form="pdf"),
    "projects:project_parameters": about(SEEN, {}),
    "projects:parameters": plain(BUSINESS, {}),
    "projects:end": plain(
        None, {"gov_office": "302", "signed in": "403"}, {"effective_to": "2030-01-01", "replaced_by": "测试"},
        code="yueqing-2015",
    ),
    "projects:whatif": plain(PUBLIC),
    "projects:compare": plain(PUBLIC),
    "projects:packs": plain(PUBLIC),
    "projects:pack": plain(PUBLIC, code="yueqing-2015"),
    "projects:case": plain(PUBLIC, code="yueqing-2015", name="review-experts-at"),
    "projects:impact": plain({"offices": "200", "signed in": "403"}, {"signed in": "403"}, code="yueqing-2015"),
    # REST
    "api-inbox": plain(ALL),
    "api-inbox-todo": plain(ALL),
    "api-inbox-done": plain(ALL),
    "api-inbox-mine": plain(ALL),
    "api-inbox-notices": plain(ALL),
    "api-inbox-read": plain(None, ALL),
    "api-jobs": plain(ALL),
    "api-job": plain({}, pk=UUID(int=3)),
    "api-job-result": plain({}, pk=UUID(int=3)),
    "api-deadlines": plain(ALL),
    "api-projects": plain(ALL, {"business": "201", "administrators": "403"}, NEW),
    "api-obligations": plain({"everybody": "400"}),
    "api-packs": plain(PUBLIC),
    "api-project": about(SEEN),
    "api-options": about(SEEN),
    "api-project-holder": about(SEEN),
    "api-project-deadlines": about(SEEN),
    "api-passages": about(
        SEEN, {"unit": "409 409 409", "drafts": "403 409 409", "later": "404 409 409"}, turn
    ),
    "api-evidence-types": about(SEEN),
    "api-evidence": about(
        SEEN, {"unit": "201 409 409", "drafts": "403 403 403", "later": "404 403 403"}, name=FILING
    ),
    "api-evidence-void": about(
        None,
        {"unit": "403 403 403", "gov_office": "200 200 409", "drafts": "403 403 403", "later": "404 403 403"},
        lambda world, position: {"reason": "登记有误"},
        name=OPINION,
        pk="record",
    ),
    "api-materials": about(SEEN, {"unit": "201 409 409", "drafts": "403 403 403", "later": "404 403 403"}, upload),
    "api-attachment": about(SEEN, pk="attachment"),
    "api-papers": about(
        SEEN, {"unit": "409 409 409", "drafts": "403 403 403", "later": "404 403 403"},
        lambda world, position: {"kind": "filing_form"},
    ),
    "api-paper-file": about(SEEN, pk="paper", form="docx"),
    "api-volumes": about(SEEN, {"unit": "202 202 202", "drafts": "202 202 202", "later": "404 202 202"}),
    "api-volume-file": about({}, count=1, form="zip"),
    "api-anchors": plain({**AUDITORS, "signed in": "403"}),
    "api-anchor-file": plain({"audit_admin": "404", "audit": "404", "signed in": "403"}, pk=0, form="json"),
    "api-waivers": about(
        SEEN, {"unit": "201 201 201", "drafts": "201 201 201", "later": "404 201 201"}, lambda world, position: ASKED
    ),
    "api-waiver-decision": waiver(
        {"unit": "403 403 403", "drafts": "403 403 403", "centre": "404 200 200", "later": "404 403 403"},
        {"grant": "true"},
    ),
    "api-project-comments": about(
        SEEN, {"unit": "201 201 201", "drafts": "201 201 201", "later": "404 201 201"}, said
    ),
    "api-project-urge": about(
        None,
        {"unit": "409 201 409", "drafts": "201 201 409", "centre": "404 409 409", "later": "404 201 409"},
    ),
}

# The administration site is one group: whose lists open to whom; everything else in it belongs to nobody.
ADMINISTRATION = {"system_admin", "audit_admin"}
