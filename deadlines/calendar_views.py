"""Here: the system administrator's pages of the working calendar. Not here: reading files, publishing (publish)."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from deadlines.calendar_files import MAX_BYTES, read_days
from deadlines.models import CalendarDay, CalendarYear
from deadlines.publish import publish_year
from organizations import audit
from organizations.doors import for_post, posted
from organizations.models import Post

system_only = for_post(Post.SYSTEM_ADMIN)
SUFFIXES = (".csv", ".xlsx")


class CalendarForm(forms.Form):
    """The announced days of one year, as a file, and the notice that announces them."""

    file = forms.FileField(label="放假安排文件", help_text="CSV 或 Excel，三列：日期、安排（放假/上班）、节日。")
    source = forms.CharField(label="依据文号", max_length=200)
    replace = forms.BooleanField(label="更正已公布的年份", required=False)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in SUFFIXES:
            raise ValidationError("只能读取 .csv 或 .xlsx 文件。", code="suffix")
        if file.size > MAX_BYTES:
            raise ValidationError("文件过大，放假安排不应超过1MB。", code="size")
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@system_only
def calendar(request: HttpRequest) -> HttpResponse:
    """The years that are known, and the form that publishes one: all of it, or nothing."""
    form = CalendarForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            year, changed = _publish(form.cleaned_data, request.user)
            messages.success(request, f"{year}年放假安排已公布，重新推算时限{changed}项。")
            return redirect("deadlines:calendar_year", year=year)
        except ValidationError as error:
            form.add_error("file", error.messages)
    kinds = CalendarDay.Kind
    context = {"form": form, "years": _years(kinds), "tab": "calendar"}
    return render(request, "deadlines/calendar.html", context, status=400 if form.errors else 200)


@transaction.atomic
def _publish(given: dict, actor) -> tuple[int, int]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"days{Path(given['file'].name).suffix.lower()}"
        path.write_bytes(given["file"].read())
        days = read_days(path)
    year, changed = publish_year(days, given["source"], replace=given["replace"])
    audit.record(
        actor, "calendar_published", f"{year}年", source=given["source"], days=len(days), recomputed=changed,
        replaced=given["replace"],
    )  # fmt: skip
    return year, changed


def _years(kinds) -> list[dict]:
    """Every year with how many days differ from Monday to Friday; two queries."""
    counted = CalendarDay.objects.values("day__year").order_by().annotate(
        off=Count("pk", filter=Q(kind=kinds.HOLIDAY)), worked=Count("pk", filter=Q(kind=kinds.WORKDAY))
    )  # fmt: skip
    found = {each["day__year"]: each for each in counted}
    return [{"row": row, **found.get(row.year, {"off": 0, "worked": 0})} for row in CalendarYear.objects.all()]


@require_safe
@system_only
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """The days of one year that differ; as CSV, to be corrected and published again."""
    row = get_object_or_404(CalendarYear, year=year)
    days = list(CalendarDay.objects.filter(day__year=year).order_by("day"))
    if request.GET.get("as") == "csv":
        return _as_csv(year, days)
    context = {"year": row, "days": days, "tab": "calendar"}
    return render(request, "deadlines/calendar_year.html", context)


def _as_csv(year: int, days: list[CalendarDay]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="calendar-{year}.csv"'
    writer = csv.writer(response)
    writer.writerow(["日期", "安排", "节日"])
    writer.writerows([each.day.isoformat(), each.get_kind_display(), each.name] for each in days)
    return response
