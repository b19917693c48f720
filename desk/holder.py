"""Here: 在谁手里, in words for pages. Not here: how duties come about (duties)."""

from desk.models import Duty
from projects.permissions import offices_in_words


def holder(project) -> str:
    """Who has to do what now: 市电子政务中心(受理登记); where nobody has anything to do, the state."""
    tasks: dict[str, list[str]] = {}
    for role, label in legal(project).order_by("id").values_list("role", "label"):
        tasks.setdefault(role, []).append(label)
    if not tasks:
        return str(project.get_state_display())
    return ";".join(f"{offices_in_words(project, [role])}({'、'.join(labels)})" for role, labels in tasks.items())


def holders(project) -> list[str]:
    """The queues that hold the project now."""
    return list(legal(project).order_by("holder").values_list("holder", flat=True).distinct())


def legal(project):
    """The duties that the regulation knows: an opinion that colleagues asked for holds nothing up."""
    return project.duties.exclude(kind=Duty.CONSULT)
