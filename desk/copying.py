"""Here: 抄送, sending a project to those who should know of it. Not here: asking them anything (consulting)."""

from django.db import transaction

from desk.audience import chosen
from desk.models import Copy
from desk.notices import tell
from organizations import audit, clock
from projects.errors import Forbidden, Invalid
from projects.permissions import roles

LONGEST, MOST = 500, 20


@transaction.atomic
def copy(project, *, actor, to: list[str], note: str = "") -> list[Copy]:
    """Send the project to offices and people who may see it; they find it under 抄送. Raises Invalid and Forbidden."""
    if not roles(actor, project):
        raise Forbidden("只有建设单位和有关部门可以抄送。")
    asked, errors = chosen(project, actor, to), {}
    if not asked or len(asked) != len(set(to)) or len(asked) > MOST:
        errors["to"] = _error(f"请选择能看到本项目的部门或人员(1 至 {MOST} 个)。")
    if len(note) > LONGEST or "\x00" in note:
        errors["note"] = _error(f"说明不超过{LONGEST}字。")
    if errors:
        raise Invalid("请按提示修改。", errors)
    said = f"{actor.get_full_name()}把“{project.name}”抄送给您" + (f":{note.strip()}" if note.strip() else "。")
    made = []
    for each in asked:
        row = Copy.objects.create(
            project=project, sender=actor, to=each.queue, to_name=each.name, note=note.strip(), at=clock.now()
        )
        tell([each.queue], said, event="copy", key=f"copy:{row.pk}", project=project)
        made.append(row)
    audit.record(actor, "copy", target="、".join(each.name for each in asked), project_id=project.pk)
    return made


def _error(message: str) -> list[dict]:
    return [{"message": message, "code": "invalid"}]
