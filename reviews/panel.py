"""Here: a project's panel from the sealed setup to the people who sit now. Not here: the arithmetic (draw.py), pages.

Two steps, so that nobody chooses the result: `seal` fixes pool, exclusions, seats and the hash of a seed nobody has seen;
`hold` brings in what was public only afterwards, reveals the seed and selects.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch

from organizations import audit, clock
from projects.errors import Closed, Forbidden, Invalid
from projects.evidence import EVIDENCE
from projects.permissions import may_record, offices_in_words
from projects.scope import locked_project
from reviews import draw as arithmetic
from reviews.models import Draw, DrawSetup, Expert, Recusal, Seat

EVIDENCE_NAME = "expert_review"
MOST_SEATS = 30


@dataclass(frozen=True)
class Member:
    """Somebody who sits on the panel now: in which place, for which specialty, in whose stead if anybody's."""

    position: int
    expert: Expert
    specialty: str
    instead_of: Expert | None = None


def may_draw(user, project) -> bool:
    """Whoever enters the experts' opinion also draws the experts, while that is open."""
    kind = EVIDENCE[EVIDENCE_NAME]
    return may_record(user, project, kind) and kind.is_open(project)


def entered(actor, project_id: int):
    """The locked project. Raises Project.DoesNotExist, Forbidden and Closed."""
    project, kind = locked_project(actor, project_id), EVIDENCE[EVIDENCE_NAME]
    if not may_record(actor, project, kind):
        by = kind.offices(project)
        raise Forbidden(f"评审专家由{offices_in_words(project, by)}抽取。", roles=list(by))
    if not kind.is_open(project):
        raise Closed(f"“{project.get_state_display()}”阶段不抽取评审专家。")
    return project


def wrong(field: str, message: str) -> Invalid:
    return Invalid("请按提示修改后再提交。", {field: [{"message": message, "code": "invalid"}]})


def latest_setup(project) -> DrawSetup | None:
    """The newest sealed setup, with its draw if it was held."""
    seats = Prefetch("draw__seats", Seat.objects.select_related("expert"))
    recusals = Prefetch("draw__recusals", Recusal.objects.select_related("expert", "replacement"))
    return (
        DrawSetup.objects.filter(project=project)
        .select_related("draw", "sealed_by", "draw__drawn_by")
        .prefetch_related(seats, recusals)
        .first()
    )


def latest_draw(project) -> Draw | None:
    """The newest draw; None before the first, and while a new setup waits for its draw."""
    setup = latest_setup(project)
    return getattr(setup, "draw", None) if setup else None


def draw_of(review) -> Draw | None:
    """The draw whose panel an expert review on file speaks for: the newest that was held before it."""
    held = Draw.objects.filter(sealed__project=review.project_id, drawn_at__lte=review.recorded_at)
    return held.select_related("sealed").first()


@transaction.atomic
def seal(project_id: int, *, actor, members: int, substitutes: int, strata: Mapping[str, int], reason: str = ""):
    """Fix everything but chance: the seats, the pool as it is, who is left out, the hash of a new seed.

    A further setup needs a reason and leaves the old one on file. Raises Invalid per field, Forbidden and Closed.
    """
    from reviews.exclusions import exclusions, rest_months

    project = entered(actor, project_id)
    number = DrawSetup.objects.filter(project=project).count() + 1
    _plausible(members, substitutes, strata, reason if number > 1 else "首次抽取")
    months, seed = rest_months(project), secrets.token_hex(32)
    experts = list(Expert.objects.filter(jurisdiction=project.jurisdiction))
    pool = sorted([each.pk, each.name, each.employer.strip(), sorted(each.specialties)] for each in experts)
    kept = [[specialty, count] for specialty, count in strata.items() if count]
    excluded = exclusions(project, experts, months)
    seats = arithmetic.seats_of(members, substitutes, kept)
    free = [row for row in pool if str(row[0]) not in excluded]
    if not arithmetic.fillable(seats, free):
        raise wrong("members", arithmetic.lacking(free, seats))
    setup = {
        "project": project.number, "number": number, "sealed_on": clock.today().isoformat(), "reason": reason.strip(),
        "members": members, "substitutes": substitutes, "strata": kept, "seats": seats, "rest_months": months,
        "pool": pool, "pool_sha256": arithmetic.pool_digest(pool), "excluded": excluded,
        "seed_sha256": arithmetic.digest(seed),
    }  # fmt: skip
    row = DrawSetup.objects.create(
        project=project, number=number, setup=setup, digest=arithmetic.digest(arithmetic.canonical(setup)), seed=seed,
        reason=reason.strip(), sealed_by=actor, sealed_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, "expert_draw.seal", target=row.digest, project_id=project.pk, number=number, reason=row.reason)
    return row


def _plausible(members: int, substitutes: int, strata: Mapping[str, int], reason: str) -> None:
    if members < 1 or substitutes < 0 or members + substitutes > MOST_SEATS:
        raise wrong("members", f"专家至少 1 人,连同候补至多 {MOST_SEATS} 人。")
    if sum(strata.values()) > members:
        raise wrong("members", f"各专业共 {sum(strata.values())} 人,超过了专家人数 {members} 人。")
    if not reason.strip():
        raise wrong("reason", "重新抽取应写明理由;原来的抽取保留在案。")


@transaction.atomic
def hold(project_id: int, *, actor, on_site: str = "") -> Draw:
    """Draw by the newest setup: its seed, the head of the project's ledger and the number called out in the room.

    Raises Invalid where nothing is sealed, the draw was held already or somebody stepped back since, Forbidden, Closed.
    """
    project = entered(actor, project_id)
    setup = DrawSetup.objects.filter(project=project).first()
    if setup is None or hasattr(setup, "draw"):
        raise wrong("on_site", "请先封存抽取设定。" if setup is None else "已按这份设定抽取;重新抽取应另行封存设定。")
    if Recusal.objects.filter(project=project).exclude(expert__in=[int(pk) for pk in setup.setup["excluded"]]).exists():
        raise wrong("on_site", "封存之后有专家登记了回避,请重新封存设定。")
    draw = Draw.objects.create(
        sealed=setup, ledger_head=project.ledger_head, on_site=on_site.strip()[:40], drawn_by=actor,
        drawn_at=clock.now(), drawn_on=clock.today(),
    )  # fmt: skip
    drawn = derived(draw)
    seats = [
        Seat(draw=draw, position=at, expert_id=expert, specialty=specialty, substitute=at >= setup.setup["members"])
        for at, (expert, specialty) in enumerate(drawn)
    ]
    Seat.objects.bulk_create(seats)
    audit.record(
        actor, "expert_draw.hold", target=arithmetic.digest(arithmetic.canonical(drawn)), project_id=project.pk,
        number=setup.number, setup=setup.digest,
    )  # fmt: skip
    return draw


def derived(draw: Draw) -> list[list]:
    """[expert id, specialty of the seat] in order, worked out anew from setup, seed and public values."""
    setup, public = draw.sealed.setup, f"{draw.ledger_head}|{draw.on_site}"
    rows = arithmetic.ranked(setup["pool"], setup["excluded"], seed=draw.sealed.seed, public=public)
    chosen = arithmetic.select(rows, setup["seats"])
    return [[row[0], seat] for row, seat in zip(chosen, setup["seats"], strict=True)]


def as_json(draw: Draw) -> dict:
    """Everything a stranger needs to repeat the draw with scripts/verify_draw.py."""
    setup = draw.sealed
    return {
        "format": arithmetic.FORMAT, "setup": setup.setup, "setup_sha256": setup.digest, "seed": setup.seed,
        "ledger_head": draw.ledger_head, "on_site": draw.on_site, "drawn_at": draw.drawn_at.isoformat(),
        "drawn": [[seat.expert_id, seat.specialty] for seat in draw.seats.all()],
        "recusals": [
            {"expert": each.expert_id, "kind": each.kind, "reason": each.reason, "replacement": each.replacement_id}
            for each in draw.recusals.all()
        ],
    }  # fmt: skip


def members(draw: Draw) -> list[Member]:
    """Who sits now: those drawn, with every vacated seat taken by its replacement or left empty."""
    sitting = {
        seat.position: Member(seat.position, seat.expert, seat.specialty)
        for seat in draw.seats.all()
        if not seat.substitute
    }
    for each in draw.recusals.all():
        place = next((at for at, member in sitting.items() if member.expert.pk == each.expert_id), None)
        if place is None:
            continue
        left = sitting.pop(place)
        if each.replacement:
            sitting[place] = Member(place, each.replacement, left.specialty, left.expert)
    return [sitting[at] for at in sorted(sitting)]


def waiting(draw: Draw) -> list[Seat]:
    """The substitutes that were not called yet and did not step back, in their order."""
    gone = {each.expert_id for each in draw.recusals.all()} | {each.replacement_id for each in draw.recusals.all()}
    return [seat for seat in draw.seats.all() if seat.substitute and seat.expert_id not in gone]


@transaction.atomic
def step_back(project_id: int, expert_id: int, *, actor, kind: str, reason: str) -> Recusal:
    """An expert declares a conflict or cannot come; a vacated seat goes to the first substitute of its specialty.

    Raises Invalid per field, Forbidden and Closed.
    """
    project = entered(actor, project_id)
    expert = Expert.objects.filter(jurisdiction=project.jurisdiction, pk=expert_id).first()
    if expert is None or Recusal.objects.filter(project=project, expert=expert).exists():
        raise wrong("expert", "请选择专家。" if expert is None else "这位专家已经登记回避。")
    if not reason.strip():
        raise wrong("reason", "请写明理由。")
    draw = latest_draw(project)
    seat = next((each for each in members(draw) if each.expert == expert), None) if draw else None
    called = next((each for each in waiting(draw) if _suits(each.expert, seat.specialty)), None) if seat else None
    row = Recusal.objects.create(
        project=project, expert=expert, kind=kind, reason=reason.strip(), draw=draw, vacates=seat is not None,
        replacement=called.expert if called else None, recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    audit.record(
        actor, "expert_draw.recuse", target=str(expert.pk), project_id=project.pk, kind=kind, reason=row.reason,
        replacement=row.replacement_id,
    )  # fmt: skip
    return row


def _suits(expert: Expert, specialty: str) -> bool:
    return not specialty or specialty in expert.specialties
