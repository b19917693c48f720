"""Here: a draw as its page tells it: the step it stands at, what proves it, who is left out. Not here: HTTP, the steps."""

from organizations.models import AuditEvent
from reviews import draw as arithmetic
from reviews.models import Draw, DrawSetup, Expert, ExpertReview
from reviews.panel import EVIDENCE_NAME, derived
from reviews.plan import proposed_method
from reviews.scores import summary

STEPS = ("封存设定", "抽取专家", "评分和意见", "登记评审意见")


def reason_for_experts(project) -> dict:
    """Whether the project's own rules ask for experts, and the rule that does (known by its remedy)."""
    rule = next(
        (
            rule
            for rule in project.pack.rules
            for check in rule.checks
            if check.remedy == EVIDENCE_NAME and check.severity == "refuse"
        ),
        None,
    )
    return {"method": proposed_method(project), "rule": rule}


def phases(project, setup: DrawSetup | None, draw: Draw | None) -> list[dict]:
    """The four steps with done, now and ahead."""
    heard = draw is not None and not summary(draw).missing
    recorded = draw is not None and ExpertReview.of_this_submission(project).exists()
    done = [setup is not None, draw is not None, heard or recorded, recorded]
    at = next((place for place, each in enumerate(done) if not each), len(done))
    days = [setup.sealed_at if setup else None, draw.drawn_at if draw else None, None, None]
    return [
        {"name": name, "position": "done" if place < at else ("now" if place == at else "ahead"), "on": days[place]}
        for place, name in enumerate(STEPS)
    ]


def proof(setup: DrawSetup | None, draw: Draw | None) -> list[dict]:
    """Each thing that can be checked, with the answer: hashes, the audit log's notes, the list worked out anew."""
    if setup is None:
        return []
    told = setup.setup
    found = [
        ("专家库快照", arithmetic.pool_digest(told["pool"]) == told["pool_sha256"]),
        ("抽取设定", arithmetic.digest(arithmetic.canonical(told)) == setup.digest),
        ("设定已先记入审计日志", _noted(setup, "expert_draw.seal", setup.digest)),
    ]
    if draw is not None:
        kept = [[seat.expert_id, seat.specialty] for seat in draw.seats.all()]
        found += [
            ("种子与承诺", arithmetic.digest(setup.seed) == told["seed_sha256"]),
            ("名单重新推算", derived(draw) == kept),
            ("名单已记入审计日志", _noted(setup, "expert_draw.hold", arithmetic.digest(arithmetic.canonical(kept)))),
        ]
    return [{"name": name, "holds": holds} for name, holds in found]


def _noted(setup: DrawSetup, action: str, target: str) -> bool:
    return AuditEvent.objects.filter(project_id=setup.project_id, action=action, target=target).exists()


def beside(setup, draw, everyone: list[Expert], excluded: dict, *, fresh: bool) -> dict:
    """The pool in figures and who is left out: as it is now before sealing, as it was sealed afterwards."""
    if fresh:
        names = {each.pk: (each.name, each.employer) for each in everyone}
    else:
        names = {row[0]: (row[1], row[2]) for row in setup.setup["pool"]}
        excluded = setup.setup["excluded"]
    left_out = [
        {"name": names[int(pk)][0], "employer": names[int(pk)][1], "reasons": reasons}
        for pk, reasons in excluded.items()
    ]
    return {"pool": len(names), "free": len(names) - len(left_out), "left_out": left_out}
