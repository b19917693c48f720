"""Here: 加签, asking others for an opinion before deciding (会签, 或签). Not here: deciding; an opinion binds nobody."""

from django.db import transaction

from desk.audience import chosen
from desk.duties import refresh
from desk.models import Consultation, ConsultationAnswer
from desk.notices import tell
from desk.queues import person, stands_for, todo_queues
from organizations import audit, clock
from projects.errors import Forbidden, Invalid, ProjectError
from projects.permissions import roles

LONGEST, MOST = 1000, 20


class Settled(ProjectError):
    """The consultation is over: answered by others, or taken back."""

    code = "settled"
    title = "加签已经办结"


def of_project(project):
    """All consultations of a project with their answers, the newest first."""
    found = project.consultations.select_related("asker__organization")
    return found.prefetch_related("answers__by")


@transaction.atomic
def consult(project, *, actor, question: str, to: list[str], mode: str = Consultation.ALL) -> Consultation:
    """Ask offices and people who may see the project. Raises Invalid per field and Forbidden."""
    if not roles(actor, project):
        raise Forbidden("只有建设单位和有关部门可以发起加签。")
    asked, errors = chosen(project, actor, to), {}
    if not question.strip() or len(question) > LONGEST or "\x00" in question:
        errors["question"] = _error(f"请写明要征询什么(不超过{LONGEST}字)。")
    if not asked or len(asked) != len(set(to)) or len(asked) > MOST:
        errors["to"] = _error(f"请选择能看到本项目的部门或人员(1 至 {MOST} 个)。")
    if mode not in dict(Consultation.MODES):
        errors["mode"] = _error("请选择方式。")
    if errors:
        raise Invalid("请按提示修改。", errors)
    made = Consultation.objects.create(
        project=project, asker=actor, question=question.strip(), mode=mode, asked_at=clock.now()
    )
    ConsultationAnswer.objects.bulk_create(
        [ConsultationAnswer(consultation=made, to=each.queue, to_name=each.name) for each in asked]
    )
    names = "、".join(each.name for each in asked)
    audit.record(actor, "consult", target=names, project_id=project.pk, question=made.question)
    said = f"{actor.get_full_name()}请您就“{project.name}”提出意见:{made.question[:200]}"
    tell([each.queue for each in asked], said, event="consult", key=f"consult:{made.pk}", project=project)
    refresh(project)
    return made


def pending_for(user, consultation: Consultation) -> ConsultationAnswer | None:
    """The answer that this person may still give, the own before that of an office."""
    if consultation.settled_at is not None:
        return None
    reached = todo_queues(user, stands_for(user))
    open_ = [each for each in consultation.answers.all() if not each.opinion and each.to in reached]
    return max(open_, key=lambda each: each.to.startswith("user:"), default=None)


@transaction.atomic
def answer(consultation_id: int, *, actor, opinion: str, text: str = "") -> ConsultationAnswer:
    """Give one's opinion; the asker is told. Raises Settled, Forbidden and Invalid."""
    asked = _locked(consultation_id)
    if asked.settled_at is not None:
        raise Settled("这次加签已经办结,不用再答复。")
    mine = pending_for(actor, asked)
    if mine is None:
        raise Forbidden("这次加签没有征询您,或者您已经答复。")
    _check_opinion(opinion, text)
    mine.opinion, mine.text, mine.by, mine.at = opinion, text.strip(), actor, clock.now()
    mine.save()
    audit.record(actor, "consult.answer", target=opinion, project_id=asked.project_id, text=mine.text)
    _settle(asked)
    words = f"{actor.get_full_name()}对加签答复“{mine.get_opinion_display()}”" + (f":{text[:200]}" if text else "。")
    tell([person(asked.asker_id)], words, event="consult.answer", key=f"answer:{mine.pk}", project=asked.project)
    refresh(asked.project)
    return mine


@transaction.atomic
def withdraw(consultation_id: int, *, actor) -> Consultation:
    """The asker no longer needs an answer; what was answered stays. Raises Settled and Forbidden."""
    asked = _locked(consultation_id)
    if asked.asker_id != actor.pk:
        raise Forbidden("只有发起人可以收回加签。")
    if asked.settled_at is not None:
        raise Settled("这次加签已经办结。")
    asked.withdrawn, asked.settled_at = True, clock.now()
    asked.save(update_fields=["withdrawn", "settled_at"])
    audit.record(actor, "consult.withdraw", target=asked.pk, project_id=asked.project_id)
    refresh(asked.project)
    return asked


def _locked(pk: int) -> Consultation:
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("project__department")
    return rows.get(pk=pk)


def _check_opinion(opinion: str, text: str) -> None:
    errors = {}
    if opinion not in dict(ConsultationAnswer.OPINIONS):
        errors["opinion"] = _error("请选择“同意”或“不同意”。")
    if len(text) > LONGEST or "\x00" in text or (opinion == ConsultationAnswer.DISAGREE and not text.strip()):
        errors["text"] = _error(f"不同意时请说明理由(不超过{LONGEST}字)。")
    if errors:
        raise Invalid("请按提示修改。", errors)


def _settle(asked: Consultation) -> None:
    """会签 ends with the last answer, 或签 with the first consent; a refusal in 或签 leaves the others their say."""
    opinions = list(asked.answers.values_list("opinion", flat=True))
    agreed = asked.mode == Consultation.ANY and ConsultationAnswer.AGREE in opinions
    if agreed or all(opinions):
        asked.settled_at = clock.now()
        asked.save(update_fields=["settled_at"])


def _error(message: str) -> list[dict]:
    return [{"message": message, "code": "invalid"}]
