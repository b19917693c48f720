"""Here: issuing a paper: its number, its frozen content, its seal. Not here: drawing it (files.py), who may (projects.papers).

Number and content are one transaction. What fails leaves no gap; files are drawn afterwards, as often as need be.
"""

from dataclasses import replace
from typing import Any

from django.db import transaction

from jobs.start import start
from organizations import audit, clock
from organizations.models import Jurisdiction, Office, Organization
from organizations.roles import APPLICANT, office_roles
from papers.content import Content, Para
from papers.models import NumberSeries, Paper
from papers.registry import PAPERS, PaperKind
from papers.wording import formal, full_width
from policies.pack import Pack, PaperSpec

UNPRINTABLE = {code: None for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x202A, 0x202F),
                                       *range(0x2060, 0x2070), 0xFEFF, *range(0xD800, 0xE000)) if code != 0x0A}  # fmt: skip


BLANK = "\u3000"


class NotIssued(LookupError):
    """A paper that cannot be issued; the message says why, in Chinese."""


@transaction.atomic
def issue(
    name: str, source: Any, *, actor, project=None, pack: Pack | None = None, replaces: Paper | None = None, reason: str = ""
) -> Paper:
    """Issue the paper of this kind from its source, under the project's pack or the one given.

    Raises NotIssued where this place does not issue it, has nobody to issue it, or has issued it from this source.
    """
    kind, pack = PAPERS[name], pack or project.pack
    spec = _spec(kind, pack)
    about = project or source
    place: Jurisdiction = about.jurisdiction
    role = spec.issuer or kind.issuer
    issuer = issuer_of(role, place, project, actor)
    origin = origin_of(kind, source)
    if replaces is None and Paper.objects.filter(kind=name, source=origin, replaces=None).exists():
        raise NotIssued(f"“{spec.label or kind.label}”已经出具过;需要更正的,请重新出具并写明原因。")
    content = frozen(kind, spec, source, issuer=issuer, project=project, pack=pack, replaces=replaces)
    year, serial = content.on.year, None
    if spec.series:
        serial = next_serial(issuer, spec.series, year)
    paper = Paper.objects.create(
        kind=name, label=spec.label or kind.label, series=spec.series, year=year, serial=serial,
        number=number_of(spec.series, year, serial), issuer=issuer, issuer_role=role, jurisdiction=place, project=project,
        source=origin, content=content.as_json(), issued_by=actor, issued_by_name=actor.display_name,
        issued_on=content.on, issued_at=clock.now(), replaces=replaces, reason=reason.strip(),
    )  # fmt: skip
    audit.record(
        actor, "paper.reissue" if replaces else "paper.issue", target=str(paper), project_id=paper.project_id,
        sha256=paper.sha256, reason=paper.reason,
    )  # fmt: skip
    start("papers.render", actor=actor, key=f"papers.render:{paper.pk}", title=str(paper), project=project, paper=paper.pk)
    return paper


def reissue(paper: Paper, reason: str, *, source: Any, actor, pack: Pack | None = None) -> Paper:
    """Issue the paper anew from its source as it is today, with a number of its own; the old one stays and is replaced.

    Raises NotIssued without a reason, and where it was replaced already.
    """
    if not reason.strip():
        raise NotIssued("请写明重新出具的原因。")
    with transaction.atomic():
        old = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        if Paper.objects.filter(replaces=old).exists():
            raise NotIssued("这份公文已经被新的代替,请从最新的一份重新出具。")
        return issue(
            old.kind, source, actor=actor, project=old.project, pack=pack, replaces=old, reason=reason[:500]
        )


def draft(name: str, source: Any, *, actor, project=None, pack: Pack | None = None) -> tuple[Content, str]:
    """What the paper would say if it were issued now, and its number with a blank for the serial. Raises NotIssued."""
    kind, pack = PAPERS[name], pack or project.pack
    spec = _spec(kind, pack)
    place = (project or source).jurisdiction
    issuer = issuer_of(spec.issuer or kind.issuer, place, project, actor)
    content = frozen(kind, spec, source, issuer=issuer, project=project, pack=pack)
    return content, number_of(spec.series, content.on.year, BLANK if spec.series else None)


def frozen(
    kind: PaperKind, spec: PaperSpec, source: Any, *, issuer: Organization, project, pack: Pack, replaces: Paper | None = None
) -> Content:
    """The content with everything filled in that only issuing knows, read back from JSON as it will be drawn."""
    content = kind.writer.content(source)
    copies = [project.department.name if project and role == APPLICANT else pack.office(role) for role in spec.copies]
    content = content.filled(on=clock.today(), copies_to=tuple(dict.fromkeys(full_width(each) for each in copies)))
    if content.red:
        name = full_width(formal(issuer.name, issuer.jurisdiction.name))
        content = content.filled(mark=spec.mark or f"{name}文件", signer=name, printer=name)
    if replaces is not None and replaces.number:
        content = replace(content, blocks=_with_note(content, f"本文代替{replaces.number}，原文同时作废。"))
    return Content.from_json(_printable(content.as_json()))


def _with_note(content: Content, note: str) -> tuple:
    """The note stands at the end of the text, before the first annex."""
    at = next((at for at, block in enumerate(content.blocks) if type(block).__name__ == "Annex"), len(content.blocks))
    return (*content.blocks[:at], Para(note), *content.blocks[at:])


def _printable(value: Any) -> Any:
    """Without control characters and marks that turn the direction of writing: they could make a paper say something else."""
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_printable(each) for each in value]
    return value.translate(UNPRINTABLE) if isinstance(value, str) else value


def next_serial(issuer: Organization, series: str, year: int) -> int:
    """The next number of the series, with its row locked until the end of the transaction: no repeats and no gaps."""
    NumberSeries.objects.get_or_create(issuer=issuer, series=series, year=year)
    row = NumberSeries.objects.select_for_update().get(issuer=issuer, series=series, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def number_of(series: str, year: int, serial: int | str | None) -> str:
    """乐电政审〔2026〕3号, with the hexagonal brackets of the standard; nothing for a form."""
    return "" if serial is None else f"{series}〔{year}〕{serial}号"


def origin_of(kind: PaperKind, source: Any) -> str:
    """How a paper names what it was made from."""
    return f"{kind.source}:{source.pk}"


def issuer_of(role: str, place: Jurisdiction, project, actor) -> Organization:
    """The organisation that issues: the unit, the actor's own if it holds the office, else the holder. Raises NotIssued."""
    if role == APPLICANT and project is not None:
        return project.department
    if role in office_roles(actor, place.pk):
        return actor.organization
    held = Office.objects.filter(jurisdiction=place, role=role, active=True).select_related("organization").first()
    if held is None:
        raise NotIssued("本辖区没有登记出具这份公文的单位。")
    return held.organization


def _spec(kind: PaperKind, pack: Pack) -> PaperSpec:
    spec = pack.papers.get(kind.name)
    if spec is None:
        raise NotIssued(f"本地制度没有规定出具“{kind.label}”。")
    return spec
