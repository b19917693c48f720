"""Here: deciding whether running projects go on under the old instrument or the new. Not here: what changes (impact.py)."""

from collections.abc import Collection

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction

from organizations import audit, clock
from organizations.roles import office_roles
from policies.loader import load
from policies.pack import Pack
from projects import events
from projects.errors import Invalid
from projects.models import Project
from projects.models.transitional import TransitionalDecision
from projects.scope import visible_projects
from projects.states import CLOSED, State
from projects.validity import obstacle


class DecisionForm(forms.Form):
    """What is decided about the projects that were ticked."""

    projects = forms.ModelMultipleChoiceField(Project.objects.none(), label="项目", to_field_name="number")
    choice = forms.ChoiceField(label="适用", choices=TransitionalDecision.CHOICES, widget=forms.RadioSelect)
    basis = forms.CharField(label="依据(新文件的过渡条款或会议纪要)", max_length=500)
    reason = forms.CharField(label="理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data=None, *, user, pack: Pack) -> None:
        super().__init__(data)
        rows = visible_projects(user).filter(pack_code=pack.code).exclude(state__in=CLOSED)
        self.fields["projects"].queryset = rows

    def written(self) -> list:
        """The fields that are typed."""
        return [self["basis"], self["reason"]]

    def ticked(self) -> list[str]:
        """The numbers of the projects that were ticked."""
        return self.data.getlist("projects") if self.is_bound else []


def may_decide(user, pack: Pack) -> bool:
    """Whether the user sits in the office that governs a place under this instrument."""
    place = user.organization.jurisdiction if user.organization else None
    return place is not None and pack.governing in office_roles(user, place.pk)


@transaction.atomic
def decide(
    projects: Collection[Project], to: str, choice: str, *, actor, basis: str, reason: str
) -> list[TransitionalDecision]:
    """Write down for each project which instrument it goes on under; for 新办法 it is under the new one from now on.

    What was decided before stays as it was judged. Raises PermissionDenied for other offices than the governing one,
    and Invalid for a project that the new instrument has no place for; then nothing is decided at all.
    """
    rows = list(Project.objects.select_for_update().filter(pk__in=[each.pk for each in projects]).order_by("pk"))
    for project in rows:
        if project.pack.governing not in office_roles(actor, project.jurisdiction_id):
            raise PermissionDenied(f"新旧文件的适用由{project.pack.office(project.pack.governing)}决定")
    if choice == TransitionalDecision.CHANGES:
        misfits = [f"{project.number}:{why}" for project in rows if (why := misfit(project, load(to)))]
        if misfits:
            raise Invalid(
                "有项目不能改按新文件办理。", {"projects": [{"message": each, "code": "misfit"} for each in misfits]}
            )
    return [_decide(project, to, choice, actor, basis, reason) for project in rows]


def misfit(project: Project, pack: Pack) -> str:
    """Why a project cannot go on under another instrument where it stands; empty when it can."""
    if not pack.binding:
        return obstacle(pack)
    if project.kind not in pack.kinds:
        return f"新文件没有“{project.kind}”这一建设性质"
    if project.origin not in pack.origins:
        return f"新文件没有“{project.origin}”这一申报来源"
    if project.held_state not in pack.route_for(project.kind, project.origin):
        return f"新文件的路线不经过“{State(project.held_state).label}”"
    return ""


def _decide(project: Project, to: str, choice: str, actor, basis: str, reason: str) -> TransitionalDecision:
    found = TransitionalDecision.objects.create(
        project=project, from_pack=project.pack_code, to_pack=to, choice=choice, basis=basis, reason=reason,
        decided_by=actor, decided_on=clock.today(),
    )  # fmt: skip
    audit.record(
        actor, "instrument.transition", target=f"{project.pack_code}>{to}", project_id=project.pk, choice=choice
    )
    if choice == TransitionalDecision.CHANGES:
        project.pack_code = to
        project.save(update_fields=["pack_code"])
        project.__dict__.pop("_pack", None)
    events.happened("instrument", project=project, actor=actor, record=found)
    return found
