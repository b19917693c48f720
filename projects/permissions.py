"""Here: may this person, by role and pack. Not here: thresholds and rules (packs), which rows are visible (scope.py)."""

from organizations.roles import ROLE_LABELS, office_roles, roles_on
from policies.loader import load


def roles(user, project) -> frozenset[str]:
    """The roles this person has towards this project: offices of its jurisdiction, and `applicant` for the own unit."""
    return roles_on(user, jurisdiction_id=project.jurisdiction_id, owner_id=project.department_id)


def may_move(user, project, move: str) -> bool:
    """Whether the pack gives the move to one of this person's roles. A move the pack does not name is nobody's."""
    spec = project.pack.moves.get(move)
    return bool(spec and roles(user, project) & set(spec.by))


def may_record(user, project, kind) -> bool:
    """Whether the pack gives this evidence to one of this person's roles. A kind the pack does not name is nobody's."""
    return kind.exists_for(project) and bool(roles(user, project) & set(kind.offices(project)))


def may_waive(user, project, rule) -> bool:
    """Whether the rule may be waived by one of this person's offices; never by the unit itself."""
    return bool(roles(user, project) & set(rule.waivable_by))



def governs(user, jurisdiction) -> bool:
    """Whether this person's office is the one that governs here: it publishes notices and registers the pack's end."""
    return load(jurisdiction.pack).governing in office_roles(user, jurisdiction.pk)


def governing_office(jurisdiction) -> str:
    """What this place calls the office that governs."""
    pack = load(jurisdiction.pack)
    return pack.office(pack.governing)


def offices_in_words(project, by) -> str:
    """Role codes as this place names them: 市电子政务中心、市财政局."""
    names = [
        project.department.name if role == "applicant" else project.pack.offices.get(role) or ROLE_LABELS[role]
        for role in by
    ]
    return "、".join(names)
