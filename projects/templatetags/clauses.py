"""Here: the clauses behind a field, for templates. Not here: finding them (projects.clauses)."""

from django import template

from policies.pack import Rule
from projects.clauses import clauses_of
from projects.evidence import EVIDENCE

register = template.Library()


@register.simple_tag
def clauses(field) -> tuple[Rule, ...]:
    """The rules that ask for a bound field of an evidence form; none for any other form."""
    form = field.form
    project = getattr(form, "project", None)
    kind = next((kind for kind in EVIDENCE.values() if isinstance(form, kind.form)), None)
    return clauses_of(project.pack, kind.name, field.name) if project is not None and kind else ()
