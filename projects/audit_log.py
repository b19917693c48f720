"""Here: the audit log as somebody may read it, filtered and paged by key. Not here: writing it (organizations.audit).

The audit administrator reads what people did to accounts and tables; of business only that it was done, when and by
whom. The 审计 office reads the business of its jurisdiction in full.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse

from organizations import clock
from organizations.audit import ACTION_LABELS
from organizations.models import AuditEvent, Post, User
from organizations.roles import office_jurisdictions, office_roles
from policies.loader import PackError, load
from policies.pack import Pack
from projects.evidence import EVIDENCE
from projects.models import Project
from projects.scope import visible_projects
from projects.states import State

PAGE, EXPORTED, NAMED = 50, 10_000, 200
KINDS = [("", "全部"), ("account", "登录、账号和设置"), ("business", "项目业务")]
BUSINESS = {"move": "办理", "record": "登记", "void": "作废", "material": "提交材料"}
COLUMNS = ["时间", "操作人", "操作", "对象", "项目", "地址"]
STATES = {str(value): str(label) for value, label in State.choices}
HIDDEN = "（业务内容不显示）"


class LogFilter(forms.Form):
    """Who, what, which project, from when to when; newest first."""

    who = forms.CharField(label="操作人", required=False, max_length=40)
    kind = forms.ChoiceField(label="种类", required=False, choices=KINDS)
    project = forms.CharField(label="项目编号", required=False, max_length=40)
    since = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, reader: User) -> None:
        super().__init__(data)
        self.reader = reader
        if not reads_business(reader):
            del self.fields["project"]

    def clean(self) -> dict:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", ValidationError("截止日期不能早于起始日期。", code="order"))
        return cleaned


def may_read(user: User) -> bool:
    """The audit administrator and members of an audit office."""
    return user.is_active and (user.post == Post.AUDIT_ADMIN or reads_business(user))


def reads_business(user: User) -> bool:
    """Members of an audit office, who see the projects of their jurisdiction."""
    return bool(audited(user))


def audited(user: User) -> list[int]:
    """The jurisdictions in which this person's unit is the audit office."""
    return [pk for pk in office_jurisdictions(user) if "audit" in office_roles(user, pk)]


def readable(user: User) -> QuerySet[AuditEvent]:
    """The events this person may read at all."""
    if user.post == Post.AUDIT_ADMIN and user.is_active:
        return AuditEvent.objects.all()
    own = Q(project_id=None, actor__organization__jurisdiction__in=audited(user))
    return AuditEvent.objects.filter(Q(project_id__in=visible_projects(user).values("pk")) | own)


def asked(form: LogFilter) -> QuerySet[AuditEvent]:
    """The events a valid filter asks for, newest first."""
    wanted, rows = form.cleaned_data, readable(form.reader).order_by("-id")
    if wanted["who"]:
        people = User.objects.filter(Q(display_name__icontains=wanted["who"]) | Q(username=wanted["who"]))
        known = list(people.values_list("pk", flat=True)[:NAMED])
        rows = rows.filter(Q(actor__in=known) | Q(actor=None, actor_name=wanted["who"]))
    if wanted["kind"]:
        rows = rows.filter(project_id__isnull=wanted["kind"] == "account")
    if wanted.get("project"):
        rows = rows.filter(project_id__in=Project.objects.filter(number=wanted["project"].strip()).values("pk"))
    if wanted["since"]:
        rows = rows.filter(at__gte=_midnight(wanted["since"]))
    if wanted["until"]:
        rows = rows.filter(at__lt=_midnight(wanted["until"] + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    """When a day begins in the city."""
    return datetime.combine(day, time.min, tzinfo=clock.ZONE)


def page(form: LogFilter) -> tuple[list[dict], int | None]:
    """One page and the key to go on from; a fixed number of queries."""
    rows = asked(form)
    if form.cleaned_data["before"]:
        rows = rows.filter(pk__lt=form.cleaned_data["before"])
    found = list(rows[: PAGE + 1])
    return described(found[:PAGE], form.reader), found[PAGE - 1].pk if len(found) > PAGE else None


def described(events: list[AuditEvent], reader: User) -> list[dict]:
    """Events in words; an administrator is told of business only that it happened."""
    whole = reads_business(reader)
    numbers = Project.objects.in_bulk({event.project_id for event in events if event.project_id}) if whole else {}
    return [_described(event, numbers.get(event.project_id), whole) for event in events]


def _described(event: AuditEvent, project: Project | None, whole: bool) -> dict:
    business = event.project_id is not None
    shown = whole or not business
    return {
        "event": event,
        "label": label_of(event, project) if shown else "项目业务",
        "target": _target(event) if shown else HIDDEN,
        "project": project,
        "detail": {key: value for key, value in event.detail.items() if value not in ("", None)} if shown else {},
    }


def _target(event: AuditEvent) -> str:
    """A move's states by their names; of a document only its version, as its name stands beside."""
    if event.action.startswith("move:"):
        return " → ".join(STATES.get(each.strip(), each) for each in event.target.split(">"))
    return event.target.partition(" ")[2] if event.action.startswith("material:") else event.target


def label_of(event: AuditEvent, project: Project | None = None) -> str:
    """What was done: the room's name for it, or the place's name for a move, the kind of evidence."""
    kind, _, name = event.action.partition(":")
    if kind == "move" and project:
        spec = pack_of(project) and pack_of(project).moves.get(name)
        return f"办理“{(spec and spec.label) or name}”"
    if kind in ("record", "void") and name in EVIDENCE:
        return f"{BUSINESS[kind]}“{EVIDENCE[name].label}”"
    if kind == "material" and project:
        slots = pack_of(project).materials if pack_of(project) else ()
        return f"提交材料“{next((each.name for each in slots if each.code == name), name)}”"
    return ACTION_LABELS.get(event.action) or BUSINESS.get(kind) or event.action


def pack_of(project: Project) -> Pack | None:
    """The project's instrument as installed now, for its names; None when it is no longer installed."""
    try:
        return load(project.pack_code)
    except PackError:
        return None


def as_csv(form: LogFilter) -> HttpResponse:
    """The newest events a filter asks for, up to a limit, as a file that spreadsheets open as text."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    writer.writerows(_lines(form))
    return response


def _lines(form: LogFilter) -> Iterator[list[str]]:
    for row in described(list(asked(form)[:EXPORTED]), form.reader):
        event, project = row["event"], row["project"]
        at = event.at.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M:%S")
        cells = [at, event.actor_name, row["label"], row["target"], project.number if project else "", event.ip or ""]
        yield [_plain(cell) for cell in cells]


def _plain(text: str) -> str:
    """Nothing that somebody typed becomes a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
