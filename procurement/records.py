"""Here: which procurement records count, and which belong together. Not here: whether they are right (facts, packs)."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from procurement.models import (
    ApplicationLine,
    Award,
    Contract,
    ProcurementApplication,
    ProcurementDecision,
    TenderDocument,
    TenderNotice,
    TenderReview,
)
from projects.judgement import once
from projects.on_file import newest, nothing_on_file


def valid(model, project) -> QuerySet:
    """Records of the project that were not voided, newest first."""
    if nothing_on_file(project, model):
        return model.objects.none()
    return model.objects.filter(project=project, voided_at=None).order_by("-id")


def applications(project) -> QuerySet[ProcurementApplication]:
    """Applications, newest first, each with `outcome`: the newest decision on it, None while there is none."""
    newest = ProcurementDecision.objects.filter(application=OuterRef("pk"), voided_at=None).order_by("-id")
    return valid(ProcurementApplication, project).annotate(outcome=Subquery(newest.values("outcome")[:1]))


def live_applications(project) -> QuerySet[ProcurementApplication]:
    """Applications that the finance bureau has not returned (YQ-3.5-3)."""
    return applications(project).filter(Q(outcome=None) | Q(outcome=ProcurementDecision.ACCEPTED))


def accepted_applications(project) -> QuerySet[ProcurementApplication]:
    """Applications that the finance bureau has accepted (YQ-3.5-3)."""
    return applications(project).filter(outcome=ProcurementDecision.ACCEPTED)


def is_accepted(application: ProcurementApplication) -> bool:
    """Whether this application is valid and accepted."""
    return accepted_applications(application.project).filter(pk=application.pk).exists()


def applied_lines(chosen: QuerySet[ProcurementApplication]) -> QuerySet[ApplicationLine]:
    """The lines of these applications, in the order they were entered."""
    return ApplicationLine.objects.filter(record__in=chosen.values("pk")).order_by("record_id", "position", "id")


def application_in_hand(project) -> ProcurementApplication | None:
    """The application that the next step is about: the contract's, else the newest accepted, else the newest live one."""
    return once(project, "application in hand", _in_hand)


def _in_hand(project) -> ProcurementApplication | None:
    contract = current(Contract, project)
    if contract is not None:
        return contract.application
    return accepted_applications(project).first() or live_applications(project).first()


def current(model, project):
    """The newest valid record, or None."""
    return newest(project, model)


def current_document(application: ProcurementApplication | None) -> TenderDocument | None:
    """The newest version of the application's tender document."""
    if application is None:
        return None
    return application.documents.filter(voided_at=None).order_by("-version").first()


def passing_review(document: TenderDocument | None) -> TenderReview | None:
    """The centre's review if it passed this very version and no newer version took its place (YQ-3.5-4)."""
    if document is None or document != current_document(document.application):
        return None
    newest = document.reviews.filter(voided_at=None).order_by("-id").first()
    return newest if newest and newest.conclusion == TenderReview.PASSED else None


def current_notice(application: ProcurementApplication | None) -> TenderNotice | None:
    """The newest notice of the application."""
    if application is None:
        return None
    return TenderNotice.objects.filter(document__application=application, voided_at=None).order_by("-id").first()


def awards_of(application: ProcurementApplication | None) -> list[Award]:
    """Valid awards of the application, newest first."""
    return list(application.awards.filter(voided_at=None).order_by("-id")) if application else []


def unreviewed_documents(project) -> list[TenderDocument]:
    """Newest versions that the centre has not concluded on, of applications that were not returned (YQ-3.5-5)."""
    if nothing_on_file(project, TenderDocument):
        return []
    newest = [current_document(application) for application in live_applications(project)]
    return [each for each in newest if each and not each.reviews.filter(voided_at=None).exists()]
