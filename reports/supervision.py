"""Here: the supervision list: standing flags, exceptions, findings and set parameters of visible projects. Not here: writing."""

from projects.models import ParameterSetting, ProjectFlag, Waiver
from projects.scope import visible

LIMIT = 200


def standing_flags(user):
    """What is pointed out and has not cleared, newest first."""
    rows = visible(ProjectFlag, user).filter(cleared_on=None)
    return rows.select_related("project__department").order_by("-since", "-id")[:LIMIT]


def exceptions(user):
    """例外台账: every exception asked for, with its decision."""
    rows = visible(Waiver, user).select_related("project__department", "requested_by", "decided_by")
    return rows.order_by("-id")[:LIMIT]


def switched(user):
    """Parameters that were set for single projects, with reason and basis."""
    rows = visible(ParameterSetting, user).select_related("project__department", "set_by")
    return rows.order_by("-id")[:LIMIT]
