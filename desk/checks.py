"""Here: the pack's notices checked against the house at start-up. Not here: other parts of the pack."""

from django.core.checks import Error, register

from deadlines.checks import packs, unknown_events
from desk.notices import ALL_UNITS, NAMED
from organizations.roles import APPLICANT
from policies.loader import located
from policies.pack import NoticeSpec, Pack
from policies.vocabulary import FACTS, nearest


@register()
def notices_are_sound(app_configs=None, **kwargs):
    """Every event and recipient that a notice names exists."""
    return [Error(message, id="desk.E001") for pack in packs() for message in located(pack, problems(pack))]


def problems(pack: Pack) -> list[str]:
    """One message for every unknown name in the pack's notices."""
    found, known = [], {*pack.offices, APPLICANT, ALL_UNITS}
    for spec in pack.notices:
        where = f"notice {spec.code}"
        found += unknown_events(pack, [spec.event], where, others=["batch", "waiver"])
        strange = [role for role in spec.to if role not in known and not _names_units(spec, role)]
        found += [f"{where}:没有收件人“{role}”{nearest(role, known)}" for role in strange]
        if spec.event == "batch" and APPLICANT in spec.to:
            found.append(f"{where}:年度通知不针对某个“{APPLICANT}”,请写 {ALL_UNITS}")
    return found


def _names_units(spec: NoticeSpec, to: str) -> bool:
    """Whether `record.<field>` is a list field of the evidence that the event is about."""
    kind, _, name = spec.event.partition(":")
    fact = FACTS.get(f"{name}.{to.removeprefix(NAMED)}")
    return kind == "record" and to.startswith(NAMED) and bool(fact and fact.kind == "list")
