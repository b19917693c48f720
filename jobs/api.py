"""Here: jobs over REST. Not here: whose jobs are seen (scope)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from jobs import results
from jobs.models import Job
from jobs.scope import own_jobs, visible_jobs


class NewestFirst(CursorPagination):
    """By key set: no counting, no offset."""

    ordering = ("-created_at", "-id")
    page_size = 30


class JobSerializer(serializers.ModelSerializer):
    """A job as its owner sees it; `result` is where the file can be fetched, null while there is none."""

    label = serializers.CharField(help_text="what people call this kind of work")
    status_label = serializers.CharField(source="get_status_display")
    percent = serializers.IntegerField(allow_null=True, help_text="0 to 100, null while the total is unknown")
    project = serializers.CharField(source="project.number", default=None, allow_null=True, help_text="its number")
    result = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = [
            "id", "kind", "label", "title", "project", "status", "status_label", "done", "total", "percent", "words",
            "error", "attempts", "created_at", "started_at", "finished_at", "result", "filename", "content_type", "size",
            "sha256", "expires_at",
        ]  # fmt: skip

    def get_result(self, job: Job) -> str | None:
        """The address of the file."""
        return reverse("api-job-result", args=[job.pk]) if job.has_result else None


class Jobs(generics.ListAPIView):
    """What you asked for."""

    serializer_class = JobSerializer
    pagination_class = NewestFirst
    filter_backends: list = []

    def get_queryset(self):
        return own_jobs(self.request.user)


class OneJob(generics.RetrieveAPIView):
    """A job you asked for, or one about a project that you may see."""

    serializer_class = JobSerializer
    filter_backends: list = []

    def get_queryset(self):
        return visible_jobs(self.request.user).select_related("project")


class Result(APIView):
    """The file a job made."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, operation_id="job_result")
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Its bytes, as an attachment; 404 when there is none or it is no longer kept."""
        return results.handed_out(get_object_or_404(visible_jobs(request.user), pk=pk), request.user)


urlpatterns = [
    path("jobs/", Jobs.as_view(), name="api-jobs"),
    path("jobs/<uuid:pk>/", OneJob.as_view(), name="api-job"),
    path("jobs/<uuid:pk>/result/", Result.as_view(), name="api-job-result"),
]
