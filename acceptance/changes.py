"""Here: which changes an acceptance must report, which are signed for, which are not. Not here: the changes themselves."""

from acceptance.models import ChangeReport, PanelMember, RecognitionSignature, ReportedChange
from construction.changes import approved_changes, rejected_changes
from construction.models import ChangeRequest
from projects.evidence import EVIDENCE


def approved_entries(project) -> list[ReportedChange]:
    """An unsaved entry for every approved change (YQ-3.4-16)."""
    return [_entry(ReportedChange.APPROVED, change) for change in approved_changes(project)]


def refused_entries(project) -> list[ReportedChange]:
    """An unsaved entry for every request refused, returned or withdrawn: shown apart, for information (YQ-3.4-16)."""
    return [_entry(ReportedChange.REFUSED, change) for change in rejected_changes(project)]


def declared_entries(project) -> list[ReportedChange]:
    """An unsaved copy of every change declared in an earlier report: a declaration is never taken back (YQ-3.4-16)."""
    rows = ReportedChange.objects.filter(record__project=project, kind=ReportedChange.DECLARED).order_by("id")
    newest = {row.key: row for row in rows}
    return [
        ReportedChange(kind=row.kind, title=row.title, changed_on=row.changed_on, reason=row.reason)
        for row in newest.values()
    ]


def reported(project) -> list[ReportedChange]:
    """The changes that the newest report makes binding, in its order."""
    report: ChangeReport | None = EVIDENCE["change_report"].current(project)
    return list(report.changes.filter(kind__in=ReportedChange.BINDING)) if report else []


def unreported(project) -> list[str]:
    """Titles of approved changes that the newest report does not hold (YQ-3.4-16)."""
    known = {change.key for change in reported(project)}
    return [entry.title for entry in approved_entries(project) if entry.key not in known]


def panel(project) -> list[PanelMember]:
    """The members of the newest arrangement."""
    plan = EVIDENCE["acceptance_plan"].current(project)
    return list(plan.panel.all()) if plan else []


def decisions(project) -> dict[tuple, str]:
    """The newest word of each person on each change: (change key, name, organisation) → 认可 or 不认可."""
    rows = RecognitionSignature.objects.filter(record__project=project, record__voided_at=None)
    rows = rows.select_related("change", "member").order_by("record_id", "position", "id")
    return {(row.change.key, row.member.name, row.member.organization): row.decision for row in rows}


def unsigned(project) -> list[str]:
    """Who has not signed for which change: 变更1 王组长 (YQ-3.4-17, YQ-Q14)."""
    return _where(project, lambda decision: decision is None)


def refused(project) -> list[str]:
    """Who has refused to sign for which change (YQ-3.4-17)."""
    return _where(project, lambda decision: decision == RecognitionSignature.REFUSED)


def _where(project, found) -> list[str]:
    said, members = decisions(project), panel(project)
    return [
        f"变更{change.number} {member.name}"
        for change in reported(project)
        for member in members
        if found(said.get((change.key, member.name, member.organization)))
    ]


def _entry(kind: str, change: ChangeRequest) -> ReportedChange:
    decided = getattr(change, "decision", None)
    return ReportedChange(
        kind=kind,
        reference=str(change.number),
        title=change.title,
        changed_on=decided.recorded_on if decided else None,
        reason=change.necessity,
    )
