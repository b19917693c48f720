"""Here: the newest valid records of this room that count for a project now. Not here: judging them."""

from projects.on_file import newest, newest_first
from projects.transitions import passed
from reviews.models import DesignCommission, FilingReceipt, PreliminaryOpinion, Scheme, SchemeOpinion
from reviews.models.rounds import latest


def receipt(project) -> FilingReceipt | None:
    """受理登记 of the newest filing."""
    return FilingReceipt.of_this_filing(project).first()


def preliminary_opinion(project) -> PreliminaryOpinion | None:
    """预审意见 on the newest filing."""
    return PreliminaryOpinion.of_this_filing(project).first()


def scheme(project) -> Scheme | None:
    """The newest version of the technical scheme."""
    return newest(project, Scheme)


def commission(project) -> DesignCommission | None:
    """The newest commission of the scheme."""
    return newest(project, DesignCommission)


def scheme_opinion(project) -> SchemeOpinion | None:
    """审查意见 on the newest version of the scheme; an opinion on an older version does not count."""
    present = scheme(project)
    version = present.pk if present else None
    return next((each for each in newest_first(project, SchemeOpinion) if each.scheme_id == version), None)


def submitted(project) -> bool:
    """Whether a scheme lies with the centre, or has been through: submit_scheme was made and not gone back on."""
    return latest(project, "submit_scheme") > 0 and passed(project, "submit_scheme")
