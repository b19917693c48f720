"""Here: whether an instrument of a place above takes a draft over. Not here: its conditions (packs), who reads it (scope.py)."""

from dataclasses import dataclass

from django.urls import reverse

from organizations import audit, clock
from organizations.models import Jurisdiction
from organizations.places import above
from policies.engine import applies, compared
from policies.pack import Pack, Rule
from policies.verdicts import Comparison, Outcome, Verdict
from projects import workspace
from projects.instruments import pack_in_force
from projects.judgement import ProjectFacts
from projects.models import Project
from projects.permissions import governing_office
from projects.scope import packs_that_claim
from projects.states import State


@dataclass(frozen=True)
class Claim:
    """A place above whose instrument takes the project over, or may: `holds` is None while a fact is unknown."""

    place: Jurisdiction
    pack: Pack
    holds: bool | None

    @property
    def rule(self) -> Rule | None:
        """The clause that says so."""
        return self.pack.by_id.get(self.pack.claims_rule)

    @property
    def cited(self) -> str:
        """《title》(document, clause, id)."""
        rule = self.rule
        clause = f" {rule.clause},{rule.id}" if rule else ""
        return f"《{self.pack.title}》({self.pack.doc_no}{clause})"


def claim_on(project: Project) -> Claim | None:
    """The highest place above the unit's own that takes the project over or may, on today's facts; None where none does."""
    home = project.department.jurisdiction_id
    at_home = project.jurisdiction_id == home
    if not packs_that_claim() or (at_home and project.jurisdiction.parent_id is None):
        return None
    for place in reversed(above(home)):
        pack = pack_in_force(place.pack)
        if pack.claims and pack.binding and pack.effective_from <= clock.today() and not pack.lapsed(clock.today()):
            holds = applies(pack.claims, ProjectFacts(project, pack))
            if holds is not False:
                return Claim(place, pack, holds)
    return None


def settle(project: Project, actor) -> None:
    """Put a draft under the instrument that its facts ask for, and its offices with it; what is filed stays as it was.

    While a fact is unknown nothing changes, and `verdicts` keep the draft from being filed. What belongs to the former
    instrument is not taken along: its batch, and categories that the new one does not know. Kind and origin are kept
    where it has a route for them.
    """
    if project.state != State.DRAFT:
        return
    found = claim_on(project)
    if found is not None and found.holds is None:
        return
    place = found.place if found else project.department.jurisdiction
    if place.pk == project.jurisdiction_id:
        return
    pack = pack_in_force(place.pack)
    kind, origin = project.kind, _origin(pack, project.origin)
    try:
        pack.route_for(kind, origin)
    except LookupError:
        kind = pack.kinds[0]
    before = project.pack_code
    changed = {
        "jurisdiction": place, "pack_code": pack.code, "batch": None, "kind": kind, "origin": origin,
        "categories": [each for each in project.categories if each in pack.categories],
    }  # fmt: skip
    for name, value in changed.items():
        setattr(project, name, value)
    project.__dict__.pop("_pack", None)
    project.save(update_fields=list(changed))
    audit.record(
        actor, "project.claimed", target=f"{before}>{pack.code}", project_id=project.pk, kind=kind, origin=origin
    )


def _origin(pack: Pack, origin: str) -> str:
    """The same one; of an instrument that knows another one only, that; else its first, for the unit to choose."""
    return origin if origin in pack.origins or not pack.origins else pack.origins[0]


def verdicts(project: Project) -> tuple[Verdict, ...]:
    """What keeps a draft from being filed: it is not known which instrument applies, or its kind is none of that one's."""
    if project.state != State.DRAFT:
        return ()
    found, blocking = claim_on(project), []
    if found is not None and found.holds is None:
        reason = f"资金来源等还没有填,不能判断是否适用{found.cited}。"
        unknown = compared(found.pack.claims, ProjectFacts(project, found.pack))
        blocking.append(_verdict(found, Outcome.UNDETERMINED, reason, unknown))
    if found is not None and found.holds and project.kind not in project.pack.kinds:
        reason = f"适用{found.cited},建设性质请在“{'、'.join(project.pack.kinds)}”中选择。"
        unmet = Comparison("project.kind", "建设性质", "one_of", "属于", project.kind, list(project.pack.kinds), False)
        blocking.append(_verdict(found, Outcome.REFUSES, reason, (unmet,)))
    return tuple(blocking)


def _verdict(found: Claim, outcome: Outcome, reason: str, comparisons: tuple[Comparison, ...]) -> Verdict:
    rule, pack = found.rule, found.pack
    return Verdict(
        rule=rule.id if rule else pack.code,
        clause=rule.clause if rule else "",
        doc_no=pack.called,
        outcome=outcome,
        basis="scope",
        severity="refuse",
        says=rule.says if rule else pack.title,
        reason=reason,
        comparisons=comparisons,
        unblock=("applicant",),
        stage="申报",
    )


@workspace.notice
def told(project, user) -> list[workspace.Notice]:
    """The unit reads beforehand under which instrument it files, or that this is not known yet."""
    found = claim_on(project)
    if found is None:
        return []
    if found.holds is None:
        url = reverse("projects:filing_section", args=[project.number, "estimate"])
        return [workspace.Notice(f"填好资金来源后,才能判断是否适用{found.cited}。", url, "去填写")]
    home = project.department.jurisdiction
    text = f"本项目适用{found.cited},由{governing_office(found.place)}等办理;{home}的主管部门可以查阅,不再办理。"
    says = f"{found.rule.says}" if found.rule else ""
    return [workspace.Notice(f"{text}{says}", reverse("projects:pack", args=[found.pack.code]), "查看文件")]
