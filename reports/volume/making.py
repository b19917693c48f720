"""Here: making a volume from the first question to the kept package, in the background. Not here: its pages, its page."""

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet

from jobs.models import Job
from jobs.start import start
from organizations import audit, clock
from projects.models import Project
from reports.volume.compose import compose
from reports.volume.gather import Section, gather, left_over
from reports.volume.models import Volume
from reports.volume.package import Packed, pack

KIND = "volume.make"


@transaction.atomic
def ask(project: Project, *, actor) -> Job:
    """The job that makes the project's next volume: the one under way, or a new one where none is or the last came to nothing."""
    ended = _jobs(project).filter(status__in=(Job.FAILED, Job.CANCELLED)).count()
    return start(
        KIND, actor=actor, key=f"{_key(project)}{ended}", project=project, title=f"档案成册:{project.name}"
    )


def next_number(project: Project) -> int:
    """The number of the volume that would be made now."""
    return project.volumes.count() + 1


def under_way(project: Project) -> Job | None:
    """The newest job for the project's next volume, not finished or finished without one."""
    return _jobs(project).first()


def _jobs(project: Project) -> QuerySet[Job]:
    return Job.objects.filter(project=project, kind=KIND, key__startswith=_key(project))


def _key(project: Project) -> str:
    """What the keys of all jobs for the next volume begin with."""
    return f"{KIND}:{project.pk}:{next_number(project)}:"


def make(run) -> None:
    """The work of the job: gather, compose, pack, keep. Raises what the run raises when it was cancelled."""
    project = Project.objects.select_related("department", "jurisdiction").get(pk=run.project_id)
    actor, at, number = run.actor, clock.now(), next_number(project)
    by = " ".join(filter(None, [actor.organization.name if actor.organization else "", actor.display_name]))
    steps = count(1)

    def tell(words: str) -> None:
        run.progress(next(steps), 0, words)

    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="volume") as name:
        folder = Path(name)
        tell("收集登记、材料和公文")
        sections = gather(project)
        rest = left_over(project, sections)
        pdf, pages = compose(project, sections, folder, made_by=by, tell=tell)
        target = folder / "package.zip"
        packed = pack(project, sections, rest, pdf, target, made_by=by, at=at, number=number, tell=tell)
        with target.open("rb") as file:
            keep(run, project, _volume(project, sections, packed, actor=actor, at=at, number=number, pages=pages), File(file))


def _volume(project: Project, sections: list[Section], packed: Packed, *, actor, at, number: int, pages: int) -> Volume:
    last = project.passages.order_by("-number").first()
    return Volume(
        project=project, number=number, made_by=actor, made_at=at, pages=pages, files=packed.files, size=packed.size,
        ledger_length=last.number if last else 0, ledger_head=last.hash if last else "", sha256=packed.sha256,
        manifest_sha256=packed.manifest_sha256,
        missing=sum(1 for section in sections for gap in section.gaps if gap.missing),
    )  # fmt: skip


def keep(run, project: Project, volume: Volume, package: File) -> None:
    """Store the package, then note volume and end of the job together; a file nobody notes is taken away again."""
    volume.package.save("package.zip", package, save=False)
    try:
        with run.once():
            volume.save()
            audit.record(
                volume.made_by, "volume.make", target=f"第{volume.number}卷", project_id=project.pk,
                manifest=volume.manifest_sha256, sha256=volume.sha256, pages=volume.pages, missing=volume.missing,
            )  # fmt: skip
    except BaseException:
        volume.package.storage.delete(volume.package.name)
        raise
