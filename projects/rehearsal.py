"""Here: the reviewer's checks run on a draft before it is filed; nothing is recorded. Not here: the checks (packs), pages."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from organizations import clock
from policies.engine import assess
from policies.verdicts import Outcome, Verdict
from projects.evidence import address as record_address
from projects.judgement import GrantedWaivers, ProjectFacts
from projects.workspace import MOVE, Hint, hints, in_short, place, put_beside

_later: list[str] = []
_presumed: dict[str, Any] = {}


def later(*actions: str, presuming: dict[str, Any] | None = None) -> None:
    """Rooms above name what comes after filing, and what to presume of it: that the office takes in and agrees."""
    _later.extend(actions)
    _presumed.update(presuming or {})


class Presumed(ProjectFacts):
    """The facts of a draft, with the office's later answers presumed favourable where the checks hang on them."""

    def _answer(self, name: str) -> Any:
        return _presumed[name] if name in _presumed else super()._answer(name)


@dataclass
class Finding:
    """One verdict with the place in the workspace where it is mended, and who asks."""

    verdict: Verdict
    link: str
    asked_at: str

    @property
    def text(self) -> str:
        """What is missing."""
        return in_short(self.verdict)


@dataclass
class Rehearsal:
    """拦截, 提示, 已满足, and what the reviewer looks into by hand."""

    blocking: list[Finding] = field(default_factory=list)
    flagged: list[Finding] = field(default_factory=list)
    met: list[Finding] = field(default_factory=list)
    by_reviewer: list[Finding] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)

    @property
    def pointed_out(self) -> int:
        """How many things are only pointed out."""
        return len(self.flagged) + len(self.hints)


def rehearse(project, user) -> Rehearsal:
    """Run the checks of `file` and of what comes after it, as far as facts exist."""
    found, seen = Rehearsal(hints=hints(project, user)), set()
    for action in (MOVE, *_later):
        for verdict in judged(project, action):
            key = (verdict.rule, verdict.reason)
            if verdict.outcome != Outcome.NOT_APPLICABLE and key not in seen:
                seen.add(key)
                _sort(found, Finding(verdict, link(project, verdict), "提交时" if action == MOVE else "预审时"))
    return found


def judged(project, action: str) -> tuple[Verdict, ...]:
    """The verdicts of an action on this draft today, presuming what the office still has to say."""
    today = clock.today()
    facts = Presumed(project, project.pack)
    return assess(
        action, project.pack, facts, on=today, applies_on=project.filed_on or today, waivers=GrantedWaivers(project)
    )


def _sort(found: Rehearsal, finding: Finding) -> None:
    verdict = finding.verdict
    if verdict.outcome in (Outcome.ALLOWS, Outcome.WAIVED):
        found.met.append(finding)
    elif not finding.link:
        found.by_reviewer.append(finding)
    elif verdict.blocks:
        found.blocking.append(finding)
    else:
        found.flagged.append(finding)


def link(project, verdict: Verdict) -> str:
    """Where the department mends it: section and field; its own page for the unit's data; "" when it is not theirs."""
    if verdict.remedy == "unit_profile":
        return reverse("organizations:unit")
    at, kind = place(verdict), put_beside(project, verdict)
    if kind:
        return record_address(project.number, kind.name)
    return address(project, *at) if at else ""


def address(project, section: str, part: str = "") -> str:
    """A section's page, at a field or a document."""
    anchor = "" if not part else f"#{part}" if section == "materials" else f"#id_{part}"
    if part in ("estimate", "funding"):
        anchor = f"#table-{part}"
    return reverse("projects:filing_section", args=[project.number, section]) + anchor
