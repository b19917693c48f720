"""Here: files too large to wait for, made as jobs. Not here: what stands in them (rooms), writing Excel (papers.excel).

@export("projects.register", label="导出项目登记表")
def register(job, out):                 # in <room>/works.py; `out` is a binary file to write into
    write(out, visible_projects(job.actor), job.arguments["filter"])

return in_background(request, "projects.register", title="项目登记表", filter=asked)      # in the view of the list
"""

import hashlib
import json
import tempfile
from collections.abc import Callable
from datetime import timedelta
from typing import IO

from django.conf import settings
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from jobs.models import Job
from jobs.registry import work
from jobs.running import Run
from jobs.start import start
from organizations.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT = timedelta(days=7)


def export(name: str, *, label: str, suffix: str = ".xlsx", content_type: str = XLSX, keep: timedelta = KEPT):
    """Register function(job, out), which writes the file; it asks for rows as `job.actor` may see them when it runs."""

    def register(function: Callable[[Run, IO[bytes]], None]) -> Callable:
        @work(name, label=label, queue="documents", keep=keep)
        def run(job: Run) -> None:
            with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as out:
                function(job, out)
                job.check(at_once=True)
                job.keep(f"{job.job.title}{suffix}", content_type, out)

        return function

    return register


def ask(name: str, *, actor: User, title: str, **arguments) -> Job:
    """The job that makes this file; asking again while it is unfinished, or within a minute, gives the same one."""
    said = json.dumps(arguments, sort_keys=True, cls=DjangoJSONEncoder)
    same = f"{name}:{actor.pk}:{hashlib.sha256(said.encode()).hexdigest()[:24]}:"
    unfinished = Job.objects.filter(key__startswith=same, actor=actor, status__in=Job.UNFINISHED).first()
    return unfinished or start(name, actor=actor, key=f"{same}{timezone.now():%Y%m%d%H%M}", title=title, **arguments)


def in_background(request: HttpRequest, name: str, *, title: str, **arguments) -> HttpResponseRedirect:
    """Answer a POST of a list's page: ask for the file and lead to the page where it can be fetched."""
    job = ask(name, actor=request.user, title=title, **arguments)
    messages.success(request, "正在后台生成文件,可以离开本页继续办理别的事项;完成后在“我的任务”下载。")
    return redirect("jobs:job", pk=job.pk)
