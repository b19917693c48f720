"""Here: how amounts and links read in templates. Not here: deciding anything."""

from datetime import datetime
from decimal import Decimal

from django import template
from django.urls import reverse
from django.utils.timezone import localdate

from organizations import clock
from policies.verdicts import words

register = template.Library()
UNKNOWN = "—"


@register.filter
def money(value) -> str:
    """1,234,567.89 in 元; unknown is a dash, never 0."""
    return UNKNOWN if value is None or value == "" else f"{Decimal(value):,.2f}"


@register.filter
def wan(value) -> str:
    """元 as 万元 with two places: 2180000 → 218.00."""
    return UNKNOWN if value is None or value == "" else f"{Decimal(value) / 10000:,.2f}"


@register.filter
def cents(value) -> str:
    """The size of a difference: 0.01, whichever way it goes."""
    return UNKNOWN if value is None else f"{abs(Decimal(value)):,.2f}"


@register.filter
def short(value) -> str:
    """A quantity without idle zeros: 1.00 → 1."""
    return UNKNOWN if value is None else f"{Decimal(value).normalize():f}"


@register.filter
def day(value) -> str:
    """A day as people say it: 3月18日, with the year where it is not this one."""
    on = localdate(value) if isinstance(value, datetime) else value
    year = "" if on.year == clock.today().year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日"


@register.filter
def in_words(value) -> str:
    """Any fact as people write it."""
    return words(value)


@register.simple_tag
def remedy_url(project, remedy: str) -> str:
    """The page where a rule's shortcoming is mended; empty when there is none."""
    if remedy.startswith("material:"):
        return reverse("projects:materials", args=[project.number]) + f"#{remedy.removeprefix('material:')}"
    if remedy == "unit_profile":
        return reverse("organizations:unit")
    if remedy == "filing":
        return reverse("projects:filing", args=[project.number])
    return record_url(project, remedy) if remedy else ""


@register.simple_tag
def record_url(project, name: str) -> str:
    """Where a kind of evidence is put on file."""
    from projects.evidence import address

    return address(project.number, name)


@register.simple_tag(takes_context=True)
def remedy_label(context, project, verdict) -> str:
    """What the link to the mending page says; empty for a reader who could not put that on file now."""
    from projects.evidence import EVIDENCE
    from projects.permissions import may_record

    remedy, kind = verdict.remedy, EVIDENCE.get(verdict.remedy)
    if kind and not (kind.is_open(project) and may_record(context["request"].user, project, kind)):
        return ""
    if not (kind or verdict.blocks):
        return ""
    if remedy.startswith("material:"):
        return f"提交{project.pack.material(remedy.removeprefix('material:')).name}"
    if remedy == "unit_profile":
        return "完善单位信息"
    return f"登记{EVIDENCE[remedy].called(project)}" if remedy in EVIDENCE else ""


@register.simple_tag
def offices(project, roles) -> str:
    """Role codes as this place names them."""
    from projects.permissions import offices_in_words

    return offices_in_words(project, roles)


@register.simple_tag(takes_context=True)
def office(context, role: str) -> str:
    """One office as the place of the project calls it; on a page without a project, the reader's place."""
    from organizations.naming import office_here
    from projects.permissions import offices_in_words

    project = context.get("project")
    return offices_in_words(project, [role]) if project else office_here(context["request"].user, role)


@register.simple_tag
def funding_tag(project) -> str:
    """What is to be said of the sources of money beside the state: not fiscal, or unknown; fiscal money needs no word (YQ-1.1-1)."""
    from projects.facts import fiscal_funded

    return {False: "非财政项目", None: "资金来源:未知", True: ""}[fiscal_funded(project)]


@register.simple_tag(takes_context=True)
def looks_tag(context, project) -> str:
    """上级查阅 or 属地查阅 for whoever only reads this project; else empty."""
    from projects.scope import looks

    user = context.get("user")
    return looks(user, project) if user is not None and user.is_authenticated else ""


@register.simple_tag(takes_context=True)
def across_places(context) -> bool:
    """Whether the reader finds projects of more than one place."""
    from projects.places import several

    user = context.get("user")
    return user is not None and user.is_authenticated and several(user)
