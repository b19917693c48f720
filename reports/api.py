"""Here: a project's archive volumes over REST. Not here: making them (volume.making), their page (volume.views)."""

from django.http import FileResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from jobs.api import JobSerializer
from projects.api_project import ProjectView
from reports.volume.handing import handed_out
from reports.volume.making import ask, under_way
from reports.volume.models import Volume


class VolumeRow(serializers.ModelSerializer):
    """A volume that was made, with the hashes that prove it."""

    made_by = serializers.CharField(source="made_by.display_name")

    class Meta:
        model = Volume
        fields = [
            "number", "made_at", "made_by", "pages", "files", "missing", "size", "sha256", "manifest_sha256",
            "ledger_length", "ledger_head",
        ]  # fmt: skip


class VolumeList(serializers.Serializer):
    """The volumes, newest first, and the job that makes the next one: null while nobody has asked for it."""

    results = VolumeRow(many=True)
    job = JobSerializer(allow_null=True)


class Volumes(ProjectView):
    """The archive volumes of a project."""

    @extend_schema(responses=VolumeList, operation_id="projects_volumes")
    def get(self, request: Request, number: str) -> Response:
        """Those that were made, and how far the next is."""
        project = self.project(number)
        made = project.volumes.select_related("made_by")
        return Response(VolumeList({"results": made, "job": under_way(project)}).data)

    @extend_schema(request=None, responses={202: JobSerializer}, operation_id="projects_volume_make")
    def post(self, request: Request, number: str) -> Response:
        """Make the next volume in the background; the job under way where it was asked for already."""
        return Response(JobSerializer(ask(self.project(number), actor=request.user)).data, status.HTTP_202_ACCEPTED)


class VolumeFile(ProjectView):
    """A volume as a file."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, operation_id="projects_volume_file")
    def get(self, request: Request, number: str, count: int, form: str) -> FileResponse:
        """`zip` is the package, `pdf` and `json` the volume and the manifest out of it."""
        return handed_out(self.project(number), count, form, reader=request.user)


urlpatterns = [
    path("projects/<str:number>/volumes/", Volumes.as_view(), name="api-volumes"),
    path("projects/<str:number>/volumes/<int:count>/<slug:form>/", VolumeFile.as_view(), name="api-volume-file"),
]
