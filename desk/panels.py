"""Here: 在谁手里, 加签, 转办, 抄送 and the comments on the project page. Not here: the page (projects)."""

from desk.audience import people
from desk.consulting import of_project, pending_for
from desk.holder import holder
from desk.models import ConsultationAnswer
from desk.queues import desks
from desk.saved import offer, opening, saved
from desk.talking import comments
from projects.bars import bar
from projects.panels import hint, panel
from projects.permissions import roles

COPIES, SHOWN = 5, 30


@panel("holder", template="desk/_holder.html", side=True, order=10)
def in_whose_hands(project, user) -> dict:
    """Who has to act now."""
    return {
        "holder": holder(project),
        "handed": project.duties.exclude(assignee=None).select_related("assignee").order_by("id"),
        "may_hand": any(duty.holder in desks(user) for duty in project.duties.all()),
        "may": bool(roles(user, project)),
        "copies": project.copies.select_related("sender")[:COPIES],
    }


@panel("consultations", template="desk/_consultations.html", order=10)
def consultations(project, user) -> dict | None:
    """Opinions that were asked for and given, with the form for whoever is asked; nothing where nobody asked."""
    found = [(each, pending_for(user, each)) for each in of_project(project)]
    return {"rows": found, "opinions": ConsultationAnswer.OPINIONS} if found else None


@hint
def open_consultations(project, user) -> list[str]:
    """Whoever decides next sees that opinions are still out; they bind nobody."""
    out = ConsultationAnswer.objects.filter(consultation__project=project, consultation__settled_at=None, opinion="")
    names: dict[str, list[str]] = {}
    for each in out.select_related("consultation").order_by("id"):
        names.setdefault(each.consultation.question, []).append(each.to_name)
    return [
        f"加签“{question[:40]}”还在等{'、'.join(asked)}答复。可以等答复,也可以先办理。"
        for question, asked in names.items()
    ]


@panel("comments", template="desk/_comments.html", order=90)
def remarks(project, user) -> dict:
    """The comments this person may read, and whom one may mention."""
    held = roles(user, project)
    return {
        "comments": comments(project, user)[:SHOWN],
        "may": bool(held),
        "office": bool(held - {"applicant"}),
        "names": sorted({each.name for each in people(project, user)}) if held else [],
    }


@bar(template="desk/_saved.html")
def views_of_a_list(request, page: str):
    """The person's saved views over a list, and the default one instead of the bare list."""
    return opening(request, page) or saved(request, page)


for page in ("projects:list", "deadlines:board"):
    offer(page)
