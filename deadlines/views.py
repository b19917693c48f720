"""Here: the board: what is due or late, for every office. Not here: reckoning."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deadlines.models import Deadline
from organizations import clock
from projects.scope import visible

PAGE = 100


@login_required
@require_safe
def board(request):
    """Open clocks of visible projects, the earliest due first; those without a statutory figure last."""
    rows = visible(Deadline, request.user).filter(status__in=Deadline.LIVE).select_related("project__department")
    late = request.GET.get("late") == "1"
    if late:
        rows = rows.filter(due_on__lt=clock.today())
    rows = list(rows.order_by("due_on", "id")[:PAGE])
    dated = [row for row in rows if row.due_on] + [row for row in rows if not row.due_on]
    today = clock.today()
    shown = [
        {"row": row, "late": (today - row.due_on).days if row.due_on and row.due_on < today else 0} for row in dated
    ]
    return render(request, "deadlines/board.html", {"rows": shown, "late": late, "today": today})
