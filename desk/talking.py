"""Here: comments on a project, and 催办. Not here: showing them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from desk.audience import readers
from desk.holder import holders
from desk.models import Comment, Notice
from desk.notices import tell
from desk.queues import desks, person
from organizations import audit, clock
from organizations.models import User
from organizations.roles import APPLICANT
from projects.errors import Forbidden, Invalid, ProjectError
from projects.permissions import roles
from projects.scope import visible_projects

LONGEST = 2000


class NotNow(ProjectError):
    """There is nobody to urge, or it was done today."""

    code = "not_now"
    title = "现在不能催办"


def comments(project, user) -> QuerySet[Comment]:
    """The remarks this person may read, newest first: those among offices only for whoever holds one."""
    if not visible_projects(user).filter(pk=project.pk).exists():
        return Comment.objects.none()
    found = project.comments.select_related("author__organization").prefetch_related("mentions")
    return found if roles(user, project) - {APPLICANT} else found.filter(offices_only=False)


@transaction.atomic
def comment(project, *, actor, text: str, mentions: Iterable[int] = (), offices_only: bool = False) -> Comment:
    """Say something on a project and tell those mentioned. Raises Invalid and Forbidden."""
    text = text.strip()
    if not text or len(text) > LONGEST or "\x00" in text:
        raise _invalid("text", f"请填写留言(不超过{LONGEST}字)。")
    held = roles(actor, project)
    if not held:
        raise Forbidden("只有建设单位和有关部门可以留言。")
    if offices_only and not held - {APPLICANT}:
        raise Forbidden("仅部门可见的留言由有关部门填写。")
    people = _addressed(project, actor, text, mentions, offices_only)
    said = Comment.objects.create(
        project=project, author=actor, text=text, offices_only=offices_only, created_at=clock.now()
    )
    said.mentions.set(people)
    audit.record(actor, "comment", target=str(said.pk), project_id=project.pk)
    tell(
        [person(each.pk) for each in people],
        f"{actor.get_full_name()}在留言中提到您:{text[:200]}",
        event="comment",
        key=f"comment:{said.pk}",
        project=project,
    )
    return said


def _addressed(project, actor, text: str, mentions: Iterable[int], offices_only: bool) -> list[User]:
    """Those named in the text and those chosen; all of them must be able to read the remark."""
    wanted = {*mentions, *(user.pk for user in mentioned(project, text, offices_only) if user.pk != actor.pk)}
    people = list(User.objects.filter(pk__in=wanted).select_related("organization"))
    if len(people) != len(wanted) or any(not _may_read(each, project, offices_only) for each in people):
        raise _invalid("mentions", "提到的人看不到这条留言。")
    return people


def mentioned(project, text: str, offices_only: bool = False) -> list[User]:
    """Those whom `@姓名` in the text names among the people who may read it; the longest name that fits counts."""
    text = text.replace("＠", "@")
    if "@" not in text:
        return []
    by_name: dict[str, list[User]] = {}
    for user in readers(project, offices_only=offices_only):
        by_name.setdefault(user.get_full_name(), []).append(user)
    said = text.split("@")[1:]
    names = [max((name for name in by_name if part.startswith(name)), key=len, default="") for part in said]
    return [user for name in dict.fromkeys(names) for user in by_name.get(name, [])]


@transaction.atomic
def urge(project, *, actor) -> list[str]:
    """催办: remind whoever holds the project, once a day. Returns the queues. Raises Forbidden and NotNow."""
    if not roles(actor, project):
        raise Forbidden("只有建设单位和有关部门可以催办。")
    queues = [queue for queue in holders(project) if queue not in desks(actor)]
    if not queues:
        raise NotNow("当前没有其他单位的待办事项。")
    key = f"urge:{project.pk}:{clock.today()}"
    if Notice.objects.filter(key__in=[f"{key}:{queue}" for queue in queues]).exists():
        raise NotNow("今天已经催办过,请明天再催。")
    audit.record(actor, "urge", target=",".join(queues), project_id=project.pk)
    text = f"{actor.organization.name}催办“{project.name}”,请及时办理。"
    tell(queues, text, event="urge", key=key, project=project)
    return queues


def _may_read(user: User, project, offices_only: bool) -> bool:
    seen = visible_projects(user).filter(pk=project.pk).exists()
    return seen and (not offices_only or bool(roles(user, project) - {APPLICANT}))


def _invalid(field: str, message: str) -> Invalid:
    return Invalid("请按提示修改。", {field: [{"message": message, "code": "invalid"}]})
