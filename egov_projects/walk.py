"""Here: taking a project lawfully along its route, filing default evidence wherever a rule asks for it. Not here: rules.

Scenarios, the demo and the tests walk through the same two doors as everybody: `evidence.record` and `transitions.perform`.
"""

from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile

from organizations.models import User
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


class Stuck(RuntimeError):
    """The walk cannot go on lawfully; the message names the move and the rules that still refuse."""


@dataclass
class Walker:
    """Acts for every office. `actors` maps role codes to users; `without` names evidence and materials to leave out."""

    actors: dict[str, User]
    without: frozenset[str] = frozenset()
    fields: dict[str, dict] = field(default_factory=dict)

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
        """The next forward move, with whatever it needs. Raises Stuck with the rules that still refuse."""
        move = transitions.next_move(project)
        if move is None:
            raise Stuck(f"{project.number} has no way on from {project.state}")
        self.prepare(project, move)
        actor = self.actor(project, project.pack.moves[move].by[0])
        try:
            passage = transitions.perform(project.pk, move, actor=actor)
        except ProjectError as error:
            raise Stuck(f"{project.number}: {move} {error.detail} {getattr(error, 'rules', '')}") from error
        project.refresh_from_db()
        return passage

    def prepare(self, project: Project, move: str, *, expected: frozenset[str] = frozenset()) -> None:
        """File default evidence for every rule that blocks the move, except expected ones and what `without` names."""
        tried: dict[tuple[str, str], int] = {}
        for _ in range(PATIENCE):
            wanted = [
                verdict
                for verdict in judge(project, move)
                if verdict.blocks
                and verdict.rule not in expected
                and verdict.remedy
                and verdict.remedy.removeprefix("material:") not in self.without
                and tried.get((verdict.rule, verdict.remedy), 0) < 3
            ]
            if not wanted:
                return
            verdict = wanted[0]
            tried[verdict.rule, verdict.remedy] = tried.get((verdict.rule, verdict.remedy), 0) + 1
            self.mend(project, verdict.remedy, verdict.unblock)
            project.refresh_from_db()

    def mend(self, project: Project, remedy: str, roles=()):
        """Put the default for one remedy on file, by the role that the rule names."""
        if remedy.startswith("material:"):
            slot = project.pack.material(remedy.removeprefix("material:"))
            status = Material.NONE if slot.required == "if_exists" else Material.FINAL
            upload = None if status == Material.NONE else sample_file(slot.name)
            return attach(
                project.pk, slot.code, actor=self.actor(project, slot.by[0]), upload=upload, status=status
            )
        return self.record(project, remedy, role=next(iter(roles), None))

    def record(self, project: Project, name: str, fields: dict | None = None, *, role: str | None = None):
        """Record evidence: its lawful example, overlaid by this walk's own fields and those given."""
        kind = EVIDENCE[name]
        spec = project.pack.records.get(name)
        by = spec.by if spec else kind.by
        actor = self.actor(project, role if role in by else by[0])
        data = {**kind.example(project), **self.fields.get(name, {}), **(fields or {})}
        for _ in range(PATIENCE):
            try:
                return submit(project, name, data, actor=actor)
            except Refused as refusal:
                remedies = [
                    (verdict.remedy, verdict.unblock)
                    for verdict in refusal.verdicts
                    if verdict.blocks
                    and verdict.remedy not in ("", name)
                    and verdict.remedy.removeprefix("material:") not in self.without
                ]
                if not remedies:
                    raise
                self.mend(project, *remedies[0])
        raise Stuck(f"{project.number}: {name} stays refused")


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
