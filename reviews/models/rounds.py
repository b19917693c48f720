"""Here: which filing or submission a record belongs to, by its number in the ledger. Not here: the records themselves."""

from django.db import models

from projects.models import StageRecord


def latest(project, move: str) -> int:
    """The ledger number of the newest passage of this move; 0 when it was never made."""
    found = project.passages.filter(move=move).order_by("-number").values_list("number", flat=True).first()
    return found or 0


class FilingRecord(StageRecord):
    """Evidence about one filing. After a return and a new filing, records about the old one no longer count."""

    filing_number = models.PositiveIntegerField("针对的申报(办理序号)", editable=False)

    class Meta(StageRecord.Meta):
        abstract = True

    @classmethod
    def of_this_filing(cls, project) -> models.QuerySet:
        """Valid records about the newest filing, newest first."""
        return cls.objects.filter(project=project, voided_at=None, filing_number=latest(project, "file")).order_by(
            "-id"
        )

    def save(self, *args, **kwargs) -> None:
        """Note the filing, then insert."""
        self.filing_number = latest(self.project, "file")
        super().save(*args, **kwargs)


class SubmissionRecord(StageRecord):
    """Evidence about one submission of a scheme. After a return and a new submission it no longer counts."""

    submission_number = models.PositiveIntegerField("针对的送审(办理序号)", editable=False)

    class Meta(StageRecord.Meta):
        abstract = True

    @classmethod
    def of_this_submission(cls, project) -> models.QuerySet:
        """Valid records about the newest submission, newest first."""
        return cls.objects.filter(
            project=project, voided_at=None, submission_number=latest(project, "submit_scheme")
        ).order_by("-id")

    def save(self, *args, **kwargs) -> None:
        """Note the submission, then insert."""
        self.submission_number = latest(self.project, "submit_scheme")
        super().save(*args, **kwargs)
