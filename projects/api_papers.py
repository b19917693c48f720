"""Here: the papers of a project over REST. Not here: who may issue (projects.papers), drawing (papers)."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from papers.files import CONTENT_TYPES
from papers.models import Paper, PaperFile
from papers.pdf import NoPdf
from projects import papers
from projects.api_project import ProjectView
from projects.paper_files import download
from projects.papers import CannotIssue


class FileRow(serializers.ModelSerializer):
    """A file by form, size and hash."""

    class Meta:
        model = PaperFile
        fields = ["form", "size", "sha256", "missing", "made_at"]


class PaperRow(serializers.ModelSerializer):
    """A paper with what it says and the hash that seals it."""

    issuer = serializers.CharField(source="issuer.name")
    replaced_by = serializers.SerializerMethodField()
    ground_voided = serializers.SerializerMethodField()
    files = FileRow(many=True)

    class Meta:
        model = Paper
        fields = [
            "id", "kind", "label", "number", "issuer", "issued_on", "issued_by_name", "source", "content", "sha256",
            "replaces", "replaced_by", "reason", "ground_voided", "files",
        ]  # fmt: skip

    def get_replaced_by(self, paper: Paper) -> int | None:
        """The id of the paper that took its place."""
        return paper.replaced_by.pk if hasattr(paper, "replaced_by") else None

    def get_ground_voided(self, paper: Paper) -> str | None:
        """Why the record that it was made from was voided; null while that is valid."""
        return self.context["groundless"].get(paper.pk)


class IssuePaper(serializers.Serializer):
    """Which paper to issue; `replaces` with a `reason` issues one anew."""

    kind = serializers.CharField(max_length=60)
    replaces = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    reason = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class Papers(ProjectView):
    """The papers of a project."""

    @extend_schema(responses=PaperRow(many=True), operation_id="projects_papers")
    def get(self, request: Request, number: str) -> Response:
        """Every paper, newest first, replaced ones included."""
        found = list(papers.of_project(self.project(number)))
        return Response(PaperRow(found, many=True, context={"groundless": papers.groundless(found)}).data)

    @extend_schema(request=IssuePaper, responses={201: PaperRow}, operation_id="projects_paper_issue")
    def post(self, request: Request, number: str) -> Response:
        """Issue a paper, or one anew. 403 names the office, 409 says why it cannot be issued now."""
        project = self.project(number)
        data = IssuePaper(data=request.data)
        data.is_valid(raise_exception=True)
        asked = data.validated_data
        if "replaces" in asked:
            get_object_or_404(Paper, project=project, pk=asked["replaces"], kind=asked["kind"])
            made = papers.reissue(project.pk, asked["replaces"], asked["reason"], actor=request.user)
        else:
            made = papers.issue(project.pk, asked["kind"], actor=request.user)
        return Response(PaperRow(made, context={"groundless": {}}).data, status.HTTP_201_CREATED)


class PaperDownload(ProjectView):
    """A paper's file."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, operation_id="projects_paper_file")
    def get(self, request: Request, number: str, pk: int, form: str) -> FileResponse:
        """PDF or Word, drawn now if need be. 409 where this machine cannot draw it."""
        paper = get_object_or_404(Paper, project=self.project(number), pk=pk)
        if form not in CONTENT_TYPES:
            raise Http404
        try:
            return download(paper, form)
        except (NoPdf, FileNotFoundError) as error:
            raise CannotIssue(str(error)) from error
