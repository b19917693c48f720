"""Here: the yearly filing notice as a page. Not here: who may publish (filing.py)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from organizations import clock
from papers.registry import BATCH
from projects.errors import Invalid
from projects.filing import publish_batch
from projects.forms_batch import BatchForm
from projects.models import FilingBatch
from projects.papers import notices
from projects.permissions import governs


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def batches(request):
    """All notices of the jurisdiction with their windows; the governing office publishes here (YQ-3.1-1)."""
    unit = request.user.organization
    jurisdiction = unit.jurisdiction_id if unit else 0
    may = bool(unit) and governs(request.user, unit.jurisdiction)
    form = BatchForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                publish_batch(actor=request.user, **form.cleaned_data)
                messages.success(request, "申报通知已发布,各单位都会看到。")
                return redirect("projects:batches")
            except Invalid as error:
                for name, found in error.errors.items():
                    form.add_error(name, found[0]["message"])
    batches = list(FilingBatch.objects.filter(jurisdiction=jurisdiction)[:50])
    issued = notices(BATCH, batches)
    rows = [
        {
            "batch": batch, "open": batch.is_open(clock.today()), "paper": issued.get(batch.pk),
            "projects": batch.project_set.count() if may else None,
        }
        for batch in batches
    ]  # fmt: skip
    return render(request, "projects/batches.html", {"rows": rows, "form": form if may else None}, status=status)
