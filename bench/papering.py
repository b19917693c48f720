"""Here: papers drawn by two workers against WeasyPrint alone on the same HTML in two processes. Not here: the workers (crew).

The sides take turns, so that whatever else the machine does is borne by all: WeasyPrint alone, our PDF, our PDF and Word.
"""

from collections.abc import Iterator
from itertools import count, islice

from django.utils import timezone

from bench import works  # noqa: F401
from bench.alone import Alone
from bench.crew import Crew, again, crew
from organizations.models import Jurisdiction, Organization, User
from papers import examples, markup, pdf
from papers.content import Content
from papers.layout import parts
from papers.models import Paper, PaperFile

ROUNDS = 5


def measure(size: int) -> dict:
    """Papers per second of both sides and their ratio; memory; what kill -9 in one more round left behind."""
    papers, share = issued(), size // ROUNDS
    ours, both, alone = [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]
    with crew() as found, Alone() as bare:
        found.warm("papers.render", ({"paper": paper.pk} for paper in papers))
        for _ in range(ROUNDS):
            some = list(islice(papers, share))
            alone = plus(alone, bare.draw(pages(some)))
            ours = plus(ours, drawn(found, "bench.pdf", some))
            both = plus(both, drawn(found, "papers.render", list(islice(papers, share))))
        memory, memory_alone = found.memory(), bare.memory()
        report = killed(found, list(islice(papers, share)))
    return {
        "papers": share * ROUNDS,
        "pdf_and_word_per_second": round(share * ROUNDS / both[0], 2),
        "pdf_per_second": round(share * ROUNDS / ours[0], 2),
        "alone_per_second": round(share * ROUNDS / alone[0], 2),
        "ratio": round(ours[0] / alone[0], 2),
        "cpu_ratio": round(ours[1] / alone[1], 2),
        "cpu_ms_each": [round(side[1] / share / ROUNDS * 1000) for side in (alone, ours, both)],
        "worker_mb": max(memory),
        "alone_mb": max(memory_alone),
        **report,
    }


def plus(left: list[float], right: tuple[float, float]) -> list[float]:
    """Seconds and seconds of CPU, added up."""
    return [left[0] + right[0], left[1] + right[1]]


def drawn(found: Crew, kind: str, papers: list[Paper]) -> tuple[float, float]:
    """Seconds and seconds of CPU in which the workers did this work for these papers."""
    before = found.seconds_of_cpu()
    seconds = found.finish(found.ask(kind, [{"paper": paper.pk} for paper in papers]))
    return seconds, found.seconds_of_cpu() - before


def killed(found: Crew, papers: list[Paper]) -> dict:
    """One worker dies after a third of these papers: how many files each has in the end."""
    jobs = found.ask("papers.render", [{"paper": paper.pk} for paper in papers])
    found.finish(jobs, kill_after=len(jobs) // 3)
    files = [PaperFile.objects.filter(paper=paper).count() for paper in papers]
    return {"killed_papers": len(papers), "second_attempts": again(jobs), "files_each": sorted(set(files))}


def pages(papers: list[Paper]) -> list[str]:
    """The HTML from which our PDFs of these papers are written."""
    back = bool(len(pdf._laid_out(markup.page(examples.short(), parts(examples.short(), "号"))).pages) % 2)
    contents = [(Content.from_json(paper.content), paper.number) for paper in papers]
    return [markup.page(content, parts(content, number), back=back) for content, number in contents]


def issued() -> Iterator[Paper]:
    """Papers of the usual kind and length, one after the other, each with its number."""
    place = Jurisdiction.objects.create(code="bench", name="某市", pack="yueqing-2015")
    unit = Organization.objects.create(jurisdiction=place, name="某市电子政务中心", type="direct")
    person = User.objects.create_user("bench", password="x" * 12, organization=unit, display_name="林经办")
    content = examples.short().as_json()
    for serial in count(1):
        yield Paper.objects.create(
            kind="preliminary_opinion", label="预审意见", series="乐电政审", year=2026, serial=serial,
            number=f"乐电政审〔2026〕{serial}号", issuer=unit, issuer_role="centre", jurisdiction=place,
            source=f"bench:{serial}", content=content | {"title": f"关于第{serial}个智慧平台项目预审的意见"},
            issued_by=person, issued_by_name="林经办", issued_on=timezone.localdate(), issued_at=timezone.now(),
        )  # fmt: skip
