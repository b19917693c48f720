"""Here: doing what a step says, through the doors everybody uses. Not here: comparing with what it expects (outcome.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from egov_projects.scenarios.city import City
from egov_projects.walk import Walker, sample_file, submit
from organizations.models import User
from policies.scenario_data import Step
from projects import evidence, instruments, transitions
from projects.evidence import EVIDENCE
from projects.filing import publish_batch
from projects.materials import attach
from projects.models import Material, Project
from projects.waivers import decide_waiver, request_waiver

REASON = "按规定办理。"
BASIS = "会议纪要"


@dataclass
class Stage:
    """Where the steps play: the city, its walker, the project."""

    city: City
    walker: Walker
    project: Project

    def actor(self, step: Step, *entitled: str) -> User:
        """Whom the step names, else the first who is entitled."""
        return self.walker.actor(self.project, step.by or entitled[0])


def do(stage: Stage, step: Step) -> Any:
    """Make a move. A required note is given unless the step gives its own."""
    spec = stage.project.pack.moves.get(step.what)
    actor = stage.actor(step, *(spec.by if spec else ("applicant",)))
    note = step.given.get("note", REASON if spec and spec.note == "required" else "")
    return transitions.perform(
        stage.project.pk, step.what, actor=actor, note=note, seen=step.given.get("seen")
    ).verdicts


def put_on_record(stage: Stage, step: Step) -> Any:
    """Record evidence: its lawful example overlaid by the fields, or with `exact` the fields alone."""
    fields = form_values(step.given.get("fields", {}))
    return _record(stage, step, step.what, fields)


def pay(stage: Stage, step: Step) -> Any:
    """Record a payment of an amount in 元, of a kind where given."""
    fields = {"amount": str(step.what), **form_values(step.given.get("fields", {}))}
    if "kind" in step.given:
        fields["kind"] = step.given["kind"]
    return _record(stage, step, "payment", fields)


def void(stage: Stage, step: Step) -> None:
    """Void the newest record of a kind."""
    kind = EVIDENCE[step.what]
    actor = stage.actor(step, *entitled_to_record(stage.project, step.what))
    row = kind.current(stage.project)
    reason = step.given.get("reason", "登记有误,重新登记。")
    evidence.void(stage.project.pk, step.what, row.pk if row else 0, actor=actor, reason=reason)


def hand_in(stage: Stage, step: Step) -> None:
    """Hand in a document for a slot, a sample file unless the answer is 无此件."""
    slot = stage.project.pack.material(step.what)
    status = step.given.get("status", Material.FINAL)
    upload = None if status == Material.NONE else sample_file(slot.name)
    actor = stage.actor(step, *slot.by)
    attach(stage.project.pk, slot.code, actor=actor, upload=upload, status=status, note=step.given.get("note", ""))


def waive(stage: Stage, step: Step) -> None:
    """Ask for an exception (the applicant, unless `requested_by`) and let `by` decide it."""
    asked_by = stage.walker.actor(stage.project, step.given.get("requested_by", "applicant"))
    reason, basis = step.given.get("reason", ""), step.given.get("basis", "")
    waiver = request_waiver(stage.project.pk, step.what, actor=asked_by, reason=reason, basis=basis)
    rule = stage.project.pack.rule(step.what)
    decide_waiver(waiver.pk, actor=stage.actor(step, *rule.waivable_by), grant=step.given.get("grant", True))


def set_parameter(stage: Stage, step: Step) -> None:
    """Set a parameter of the pack for the city, or for the project where the pack says so. No value means unset."""
    spec = stage.project.pack.parameter(step.what)
    instruments.set_parameter(
        stage.project.pack, spec.name, step.given.get("value"), actor=stage.actor(step, *spec.set_by),
        reason=step.given.get("reason", REASON), basis=step.given.get("basis", BASIS),
        jurisdiction_id=stage.project.jurisdiction_id, project=stage.project if spec.per == "project" else None,
    )  # fmt: skip


def publish(stage: Stage, step: Step) -> None:
    """Publish a yearly filing notice."""
    year = step.on.year
    given = {
        "title": f"{year + 1}年度项目申报通知", "calendar_year": year,
        "opens_on": step.on, "closes_on": date(year, 12, 31), **step.what,
    }  # fmt: skip
    publish_batch(actor=stage.actor(step, stage.project.pack.governing), **given)


def repeal(stage: Stage, step: Step) -> None:
    """Register the end of the instrument."""
    instruments.end_instrument(
        stage.project.pack_code, actor=stage.actor(step, stage.project.pack.governing),
        effective_to=step.what.get("effective_to", step.on), replaced_by=step.what.get("replaced_by", "替代文号"),
    )  # fmt: skip


def sweep(stage: Stage, step: Step) -> None:
    """Run the deadline sweep of that day."""
    from deadlines import tasks

    tasks.sweep()


ACTIONS: dict[str, Callable[[Stage, Step], Any]] = {
    "do": do,
    "record": put_on_record,
    "void": void,
    "attach": hand_in,
    "waive": waive,
    "pay": pay,
    "parameter": set_parameter,
    "publish": publish,
    "repeal": repeal,
    "sweep": sweep,
}


def entitled_to_record(project: Project, name: str) -> tuple[str, ...]:
    """The roles that record a kind of evidence under the project's pack."""
    return EVIDENCE[name].offices(project)


def form_values(value: Any) -> Any:
    """Scenario data as REST would send it: amounts and dates as text, all else as it is."""
    if isinstance(value, dict):
        return {key: form_values(item) for key, item in value.items()}
    if isinstance(value, list):
        return [form_values(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _record(stage: Stage, step: Step, name: str, fields: dict) -> Any:
    actor = stage.actor(step, *entitled_to_record(stage.project, name))
    if not step.given.get("exact"):
        fields = {**EVIDENCE[name].example(stage.project), **stage.walker.fields.get(name, {}), **fields}
    for left_out in step.given.get("without", ()):
        fields.pop(left_out, None)
    return submit(stage.project, name, fields, actor=actor)[1]
