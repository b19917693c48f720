"""Here: opening a draft, numbering it, publishing the yearly notice. Not here: the filing's fields (forms.py)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Length

from organizations import audit, clock
from organizations.models import Jurisdiction
from policies.loader import load
from projects import events
from projects.errors import Invalid
from projects.models import FilingBatch, Project
from projects.permissions import governing_office, governs
from projects.validity import obstacle


@transaction.atomic
def open_draft(*, actor, name: str, kind: str, origin: str) -> Project:
    """A new draft of the actor's unit under the instrument of its jurisdiction. Raises Invalid per field."""
    if actor.organization is None or not actor.is_business:
        raise PermissionDenied("只有建设单位的经办人员可以新建项目")
    jurisdiction = _with_numbers_locked(actor.organization.jurisdiction_id)
    pack = load(jurisdiction.pack)
    if reason := obstacle(pack):
        raise Invalid(reason, {"pack": [{"message": reason, "code": "not_binding"}]})
    errors = {}
    if not name.strip() or len(name) > 200 or "\x00" in name:
        errors["name"] = [{"message": "请填写项目名称(不超过200字)。", "code": "required"}]
    if kind not in pack.kinds:
        errors["kind"] = [{"message": f"建设性质请在“{'、'.join(pack.kinds)}”中选择。", "code": "invalid_choice"}]
    if origin not in pack.origins:
        errors["origin"] = [{"message": f"申报来源请在“{'、'.join(pack.origins)}”中选择。", "code": "invalid_choice"}]
    if errors:
        raise Invalid("请按提示修改后再提交。", errors)
    project = Project.objects.create(
        jurisdiction=jurisdiction,
        department=actor.organization,
        created_by=actor,
        created_at=clock.now(),
        number=next_number(jurisdiction, pack.prefix),
        pack_code=pack.code,
        name=name.strip(),
        kind=kind,
        origin=origin,
    )
    audit.record(actor, "project.open", target=project.number, project_id=project.pk)
    events.happened("created", project=project, actor=actor)
    return project


def _with_numbers_locked(place_id: int) -> Jurisdiction:
    """The place, with every place locked whose projects are numbered in the same row: those under the same pack."""
    pack = Jurisdiction.objects.filter(pk=place_id).values("pack")
    same = Jurisdiction.objects.select_for_update(of=("self",)).filter(pack__in=pack).order_by("pk")
    return next(place for place in same if place.pk == place_id)


def next_number(jurisdiction: Jurisdiction, prefix: str) -> str:
    """The next number of this year, e.g. YQ-2026-0041. Call with the numbers locked."""
    stem = f"{prefix}-{clock.today().year}-"
    last = Project.objects.filter(number__startswith=stem).order_by(Length("number").desc(), "-number").first()
    return f"{stem}{(int(last.number.rsplit('-', 1)[1]) if last else 0) + 1:04d}"


def publish_batch(*, actor, **fields) -> FilingBatch:
    """Publish the yearly filing notice; only the governing office may (YQ-3.1-1)."""
    jurisdiction = actor.organization.jurisdiction if actor.organization else None
    if jurisdiction is None or not governs(actor, jurisdiction):
        raise PermissionDenied(f"年度申报通知由{governing_office(jurisdiction) if jurisdiction else '主管部门'}发布")
    if fields["closes_on"] < fields["opens_on"]:
        raise Invalid("请按提示修改。", {"closes_on": [{"message": "截止日期不能早于开始日期。", "code": "order"}]})
    batch = FilingBatch.objects.create(
        jurisdiction=jurisdiction, published_by=actor, **({"published_on": clock.today()} | fields)
    )
    audit.record(actor, "batch.publish", target=str(batch))
    events.happened("batch", batch=batch, actor=actor, project=None)
    return batch
