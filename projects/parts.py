"""Here: the parts of a filing that somebody can point at: a field, a table, a document. Not here: what differs (versions.py)."""

from django.urls import reverse

from projects import rehearsal
from projects.forms import FILING_FIELDS
from projects.models import Project
from projects.workspace import holder

TABLES = {"funding": "资金来源", "estimate": "概算明细"}
DOCUMENT = "material:"


def fields() -> dict[str, str]:
    """Fields and tables of the filing: name → label."""
    return {name: str(Project._meta.get_field(name).verbose_name) for name in FILING_FIELDS} | TABLES


def documents(pack) -> dict[str, str]:
    """The slots of the instrument: `material:<code>` → name."""
    return {f"{DOCUMENT}{spec.code}": spec.name for spec in pack.materials if "file" in spec.moves}


def label(pack, part: str) -> str:
    """A part in words; empty for none."""
    if not part:
        return ""
    return (fields() | {f"{DOCUMENT}{spec.code}": spec.name for spec in pack.materials}).get(part, part)


def choices(pack) -> list:
    """For a select: nothing named, the fields, the documents."""
    return [
        ("", "整体"),
        ("申报内容", list(fields().items())),
        ("材料", list(documents(pack).items())),
    ]


def address(project, part: str) -> str:
    """Where the unit mends a part: the section of the filing that holds it."""
    if part.startswith(DOCUMENT):
        return rehearsal.address(project, "materials", part.removeprefix(DOCUMENT))
    section = holder(part)
    return (
        rehearsal.address(project, section.code, part) if section else reverse("projects:filing", args=[project.number])
    )
