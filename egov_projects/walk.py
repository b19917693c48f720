"""Here: taking a project lawfully along its route, filing default evidence wherever a rule asks for it. Not here: rules.

Scenarios, the demo and the tests walk through the same two doors as everybody: `evidence.record` and `transitions.perform`.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from organizations import clock
from organizations.models import User
from policies.verdicts import Verdict
from projects import transitions
from projects.errors import ProjectError, Refused
from projects.evidence import EVIDENCE, record
from projects.fields import AttachmentField
from projects.judgement import judge
from projects.materials import attach
from projects.models import Material, Project

SAMPLE_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
PATIENCE = 60
TRIES = 3
Verdicts = tuple[Verdict, ...]


class Stuck(RuntimeError):
    """The walk cannot go on lawfully; the message names the move and the rules that still refuse."""


@dataclass
class Walker:
    """Acts for every office. `actors` maps role codes to users; `without` names evidence and materials to leave out.

    `fields` overlay the examples by evidence name; `asked` collects every evidence and material that came up.
    """

    actors: dict[str, User]
    without: frozenset[str] = frozenset()
    fields: dict[str, dict] = field(default_factory=dict)
    filed: set[str] = field(default_factory=set, repr=False)
    asked: set[str] = field(default_factory=set, repr=False)

    def actor(self, project: Project, role: str) -> User:
        """Who acts in a role; the applicant is somebody of the unit that owns the project."""
        if role != "applicant":
            return self.actors[role]
        mine = self.actors.get("applicant")
        if mine is not None and mine.organization_id == project.department_id:
            return mine
        return project.created_by

    def walk_to(self, project: Project, state: str) -> Project:
        """Along the route to a state. Raises Stuck."""
        route = project.route
        if state not in route:
            raise Stuck(f"{state} is not on the route of {project.number}: {', '.join(route)}")
        while project.state != state:
            if project.state not in route or route.index(project.state) >= route.index(state):
                raise Stuck(f"{project.number} is {project.state}; {state} does not lie ahead")
            self.step(project)
        return project

    def step(self, project: Project):
        """The next forward move, with whatever it needs, on the first day that the rules allow. Raises Stuck with the rules."""
        move = transitions.next_move(project)
        if move is None:
            raise Stuck(f"{project.number} has no way on from {project.state}")
        verdicts = judge(project, move)
        today, day = clock.today(), first_day(verdicts)
        with clock.at(day):
            return self._make(project, move, verdicts if day == today else None)

    def _make(self, project: Project, move: str, verdicts: Verdicts | None):
        self.prepare(project, move, verdicts=verdicts)
        actor = self.actor(project, project.pack.moves[move].by[0])
        try:
            passage = transitions.perform(project.pk, move, actor=actor)
        except ProjectError as error:
            raise Stuck(f"{project.number}: {move} {error.detail} {getattr(error, 'rules', '')}") from error
        project.refresh_from_db()
        return passage

    def prepare(
        self, project: Project, move: str, *, expected: frozenset[str] = frozenset(), verdicts: Verdicts | None = None
    ) -> None:
        """File default evidence for every rule that blocks the move, except expected ones and what `without` names.

        `verdicts` are today's where somebody has just asked for them.
        """
        tried: Counter[tuple[str, str]] = Counter()
        for _ in range(PATIENCE):
            wanted = [
                verdict
                for verdict in verdicts or judge(project, move)
                if self.can_mend(verdict, expected) and tried[verdict.rule, verdict.remedy] < TRIES
            ]
            if not wanted:
                return
            self._mend_all(project, wanted, expected, tried)
            verdicts = None

    def _mend_all(self, project: Project, wanted: list[Verdict], expected: frozenset[str], tried: Counter) -> None:
        """One round: each remedy once, none that another has brought along; one that comes too early waits for the next."""
        self.filed.clear()
        for verdict in wanted:
            if verdict.remedy in self.filed:
                continue
            tried[verdict.rule, verdict.remedy] += 1
            try:
                self.mend(project, verdict.remedy, verdict.unblock, expected)
            except ProjectError as error:
                if expected & set(getattr(error, "rules", ())):
                    continue
                if verdict is wanted[0]:
                    raise
                return
            project.refresh_from_db()

    def can_mend(self, verdict: Verdict, expected: frozenset[str] = frozenset()) -> bool:
        """Whether the rule blocks, is not expected to, and names something to file that `without` does not leave out."""
        slot = verdict.remedy.removeprefix("material:")
        known = slot != verdict.remedy or verdict.remedy in EVIDENCE
        self.asked.update({slot} if verdict.blocks and known else ())
        return verdict.blocks and verdict.rule not in expected and known and slot not in self.without

    def mend(self, project: Project, remedy: str, roles=(), expected: frozenset[str] = frozenset()):
        """Put the default for one remedy on file, by the role that the rule names."""
        self.filed.add(remedy)
        if remedy.startswith("material:"):
            slot = project.pack.material(remedy.removeprefix("material:"))
            status = Material.NONE if slot.required == "if_exists" else Material.FINAL
            upload = None if status == Material.NONE else sample_file(slot.name)
            return attach(
                project.pk, slot.code, actor=self.actor(project, slot.by[0]), upload=upload, status=status
            )
        return self.record(project, remedy, role=next(iter(roles), None), expected=expected)

    def record(
        self, project: Project, name: str, fields: dict | None = None, *, role: str | None = None,
        expected: frozenset[str] = frozenset(),
    ):  # fmt: skip
        """Record evidence: its lawful example, overlaid by this walk's own fields and those given.

        What the record itself is refused for is filed first. Raises Refused for what cannot be mended or is expected.
        """
        self.asked.add(name)
        kind = EVIDENCE[name]
        by = kind.offices(project)
        actor = self.actor(project, role if role in by else by[0])
        for _ in range(PATIENCE):
            data = {**kind.example(project), **self.fields.get(name, {}), **(fields or {})}
            try:
                return submit(project, name, data, actor=actor)
            except Refused as refusal:
                wanted = [each for each in refusal.verdicts if self.can_mend(each, expected) and each.remedy != name]
                if not wanted:
                    raise
                self.mend(project, wanted[0].remedy, wanted[0].unblock, expected)
        raise Stuck(f"{project.number}: {name} stays refused")


def first_day(verdicts: Verdicts) -> date:
    """Today, or the day that a rule of the move says it must wait for (YQ-3.8-2: a year of use)."""
    waits = [
        comparison.bound
        for verdict in verdicts
        if verdict.blocks
        for comparison in verdict.comparisons
        if (comparison.fact, comparison.test, comparison.holds) == ("today", "on_or_after", False)
    ]
    return max([clock.today(), *waits])


def submit(project: Project, name: str, data: dict, *, actor):
    """Record evidence from plain data; a text in a file field stands for a sample file of that name."""
    form = EVIDENCE[name].form
    uploads = {
        key: sample_file(data[key])
        for key, field_ in form.base_fields.items()
        if isinstance(field_, AttachmentField) and isinstance(data.get(key), str) and not data[key].isdigit() and data[key]
    }
    data = {key: value for key, value in data.items() if key not in uploads}
    saved, verdicts = record(project.pk, name, data, actor=actor, files=uploads)
    return saved, verdicts


def sample_file(name: str) -> SimpleUploadedFile:
    """A small valid PDF of this name."""
    stem = name if name.endswith(".pdf") else f"{name}.pdf"
    return SimpleUploadedFile(stem, SAMPLE_PDF, content_type="application/pdf")
