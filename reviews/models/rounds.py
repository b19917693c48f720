"""Here: which filing or submission a record belongs to, by its number in the ledger. Not here: the records themselves."""

from django.db import models

from projects.judgement import once
from projects.models import StageRecord
from projects.on_file import nothing_on_file


def latest(project, move: str) -> int:
    """The ledger number of the newest passage of this move; 0 when it was never made."""
    return once(project, f"latest {move}", lambda each: _latest(each, move))


def _latest(project, move: str) -> int:
    found = project.passages.filter(move=move).order_by("-number").values_list("number", flat=True).first()
    return found or 0


def _about(model: type[StageRecord], project, **number: int) -> models.QuerySet:
    if nothing_on_file(project, model):
        return model.objects.none()
    return model.objects.filter(project=project, voided_at=None, **number).order_by("-id")


class FilingRecord(StageRecord):
    """Evidence about one filing. After a return and a new filing, records about the old one no longer count."""

    filing_number = models.PositiveIntegerField("针对的申报(办理序号)", editable=False)

    class Meta(StageRecord.Meta):
        abstract = True

    @classmethod
    def of_this_filing(cls, project) -> models.QuerySet:
        """Valid records about the newest filing, newest first."""
        return _about(cls, project, filing_number=latest(project, "file"))

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
        return _about(cls, project, submission_number=latest(project, "submit_scheme"))

    def save(self, *args, **kwargs) -> None:
        """Note the submission, then insert."""
        self.submission_number = latest(self.project, "submit_scheme")
        super().save(*args, **kwargs)
