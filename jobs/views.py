"""Here: 我的任务 in the browser. Not here: whose jobs are seen (scope), cancelling and asking again (start)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from jobs import results, start
from jobs.models import Job
from jobs.scope import own_jobs, visible_jobs

PAGE = 30
SHOWN = {
    "": ("全部", None),
    "open": ("未结束", Job.UNFINISHED),
    "done": ("已完成", [Job.DONE]),
    "failed": ("未完成", [Job.FAILED, Job.CANCELLED]),
}


@login_required
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """What this person asked for, newest first."""
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in SHOWN else ""
    found, statuses = own_jobs(request.user), SHOWN[wanted][1]
    page = Paginator(found.filter(status__in=statuses) if statuses else found, PAGE).get_page(request.GET.get("page"))
    tabs = [(code, label) for code, (label, _) in SHOWN.items()]
    return render(request, "jobs/list.html", {"page": page, "tabs": tabs, "wanted": wanted})


@login_required
@require_safe
def job(request: HttpRequest, pk) -> HttpResponse:
    """One job; the browser asks for the moving part every two seconds until the job has ended."""
    found = _visible(request, pk)
    if request.htmx:
        return HttpResponseClientRefresh() if found.finished else render(request, "jobs/_progress.html", {"job": found})
    own = found.actor_id == request.user.pk
    context = {"job": found, "may_cancel": own and not found.finished, "may_retry": own and start.may_retry(found)}
    return render(request, "jobs/job.html", context)


@login_required
@require_POST
def cancel(request: HttpRequest, pk) -> HttpResponse:
    """Stop one's own job."""
    found = _own(request, pk)
    if start.cancel(found, actor=request.user):
        messages.success(request, "已要求取消。")
    else:
        messages.error(request, "任务已经结束,不能取消。")
    return redirect("jobs:job", pk=found.pk)


@login_required
@require_POST
def retry(request: HttpRequest, pk) -> HttpResponse:
    """Do one's own job again after it failed or was cancelled."""
    found = _own(request, pk)
    if start.retry(found, actor=request.user):
        messages.success(request, "已重新排队。")
    else:
        messages.error(request, "只有未完成或者已取消的任务可以重做。")
    return redirect("jobs:job", pk=found.pk)


@login_required
@require_safe
def download(request: HttpRequest, pk) -> HttpResponse:
    """The result, for whoever may see the job, while it is kept."""
    return results.handed_out(_visible(request, pk), request.user)


def _visible(request: HttpRequest, pk) -> Job:
    return get_object_or_404(visible_jobs(request.user).select_related("project", "actor"), pk=pk)


def _own(request: HttpRequest, pk) -> Job:
    return get_object_or_404(own_jobs(request.user), pk=pk)
