"""Here: projects, evidence, materials, options, passages and the what-if over REST. Not here: rules, or any decision."""

import orjson
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from projects import api_schema as schema
from projects import representations as show
from projects.api_anchors import AnchorFile, Anchors
from projects.api_book import Obligations, Packs
from projects.api_papers import PaperDownload, Papers
from projects.api_project import ProjectView
from projects.errors import Invalid
from projects.evidence import EVIDENCE, record, void
from projects.filing import open_draft
from projects.listing import page, read_filter
from projects.materials import attach, checklist
from projects.models import Attachment, Waiver
from projects.scope import visible, visible_projects
from projects.transitions import options, perform
from projects.waivers import decide_waiver, request_waiver


class Projects(APIView):
    """The list, and opening a draft."""

    @extend_schema(parameters=[schema.LIST_PARAMETERS], responses=schema.ProjectPage, operation_id="projects_list")
    def get(self, request: Request) -> HttpResponse:
        """Visible projects, newest first, 50 a page; `next` is the `before` of the following page."""
        rows, following = page(visible_projects(request.user), read_filter(request.query_params))
        body = orjson.dumps({"results": [show.row(each) for each in rows], "next": following})
        return HttpResponse(body, content_type="application/json")

    @extend_schema(request=schema.NewProject, responses={201: schema.ProjectDetail}, operation_id="projects_create")
    def post(self, request: Request) -> Response:
        """Open a draft of one's own unit."""
        data = schema.NewProject(data=request.data)
        data.is_valid(raise_exception=True)
        return Response(show.detail(open_draft(actor=request.user, **data.validated_data)), status.HTTP_201_CREATED)


class ProjectDetail(ProjectView):
    """One project."""

    @extend_schema(responses=schema.ProjectDetail, operation_id="projects_read")
    def get(self, request: Request, number: str) -> Response:
        """Filing, position, instrument, flags, and the moves from here with their verdicts."""
        project = self.project(number)
        found = [show.option(project, each) for each in options(project, request.user)]
        return Response(show.detail(project) | {"options": found})


class Options(ProjectView):
    """What can be done from here, and why not."""

    @extend_schema(responses=schema.Option(many=True), operation_id="projects_options")
    def get(self, request: Request, number: str) -> Response:
        """Every move from the present state with all verdicts."""
        project = self.project(number)
        return Response([show.option(project, each) for each in options(project, request.user)])


class Passages(ProjectView):
    """The moves made, and the door for the next."""

    @extend_schema(responses=schema.Passage(many=True), operation_id="projects_ledger")
    def get(self, request: Request, number: str) -> Response:
        """The whole ledger of the project, sealed text and hashes included."""
        return Response([show.passage(each) for each in self.project(number).passages.order_by("number")])

    @extend_schema(request=schema.Perform, responses={201: schema.Passage}, operation_id="projects_perform")
    def post(self, request: Request, number: str) -> Response:
        """Make a move. `seen` is the state you were looking at; 409 when it has changed or a rule refuses."""
        data = schema.Perform(data=request.data)
        data.is_valid(raise_exception=True)
        made = perform(self.project(number).pk, actor=request.user, **data.validated_data)
        return Response(show.passage(made), status.HTTP_201_CREATED)


class EvidenceTypes(ProjectView):
    """The kinds of evidence and what is on file."""

    @extend_schema(responses=schema.Anything, operation_id="projects_evidence")
    def get(self, request: Request, number: str) -> Response:
        """Kinds with their fields and whether you may record them now, and all valid records."""
        project = self.project(number)
        kinds = [show.evidence_type(kind, project, request.user) for kind in EVIDENCE.values() if kind.exists_for(project)]
        return Response({"kinds": kinds, "records": show.evidence_on_file(project)})


class Evidence(ProjectView):
    """Records of one kind."""

    def kind(self, name: str) -> str:
        """The name, if it is one."""
        if name not in EVIDENCE:
            raise Http404
        return name

    @extend_schema(responses=schema.Anything, operation_id="projects_evidence_list")
    def get(self, request: Request, number: str, name: str) -> Response:
        """Valid records, newest first."""
        project, kind = self.project(number), EVIDENCE[self.kind(name)]
        return Response(
            [show.record(each) for each in kind.valid(project)] if name != "filing" else show.detail(project)
        )

    @extend_schema(request=schema.Anything, responses={201: schema.Recorded}, operation_id="projects_evidence_record")
    def post(self, request: Request, number: str, name: str) -> Response:
        """Put a record on file, as JSON or as a form with files. 400 names the fields, 409 the rules."""
        project = self.project(number)
        data = request.data
        if not hasattr(data, "keys"):
            raise Invalid(
                "请求体应是一个对象。", {"non_field_errors": [{"message": "应是一个对象。", "code": "invalid"}]}
            )
        if not hasattr(data, "getlist"):
            data = dict(data)
        fields = {key: data[key] for key in data if key not in request.FILES} if not hasattr(data, "getlist") else data
        saved, verdicts = record(project.pk, self.kind(name), fields, actor=request.user, files=request.FILES)
        body = {"record": show.record(saved) if name != "filing" else show.detail(saved)}
        body["verdicts"] = [verdict.as_json() for verdict in verdicts]
        return Response(body, status.HTTP_201_CREATED)


class EvidenceVoid(ProjectView):
    """Taking a wrong record out of account."""

    @extend_schema(request=schema.Reason, responses=schema.Anything, operation_id="projects_evidence_void")
    def post(self, request: Request, number: str, name: str, pk: int) -> Response:
        """Void a record while its stage is open; the reason stays with it."""
        data = schema.Reason(data=request.data)
        data.is_valid(raise_exception=True)
        kind = EVIDENCE.get(name)
        if kind is None or name == "filing" or not kind.valid(self.project(number)).filter(pk=pk).exists():
            raise Http404
        row = void(self.project(number).pk, name, pk, actor=request.user, **data.validated_data)
        return Response(show.record(row))


class Materials(ProjectView):
    """The document slots of a project."""

    @extend_schema(responses=schema.MaterialSlot(many=True), operation_id="projects_materials")
    def get(self, request: Request, number: str) -> Response:
        """Every slot with its newest version."""
        return Response([schema.slot(each) for each in checklist(self.project(number))])

    @extend_schema(request=schema.NewMaterial, responses={201: schema.MaterialSlot}, operation_id="projects_attach")
    def post(self, request: Request, number: str) -> Response:
        """Hand in a document, a draft of it, or the answer 无此件."""
        data = schema.NewMaterial(data=request.data)
        data.is_valid(raise_exception=True)
        fields = data.validated_data
        try:
            material = attach(
                self.project(number).pk, fields["code"], actor=request.user, upload=fields.get("file"),
                status=fields["status"], note=fields["note"],
            )  # fmt: skip
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error
        return Response(schema.material(material), status.HTTP_201_CREATED)


class Download(ProjectView):
    """Files of a project, handed out only after asking who may see them."""

    @extend_schema(responses={(200, "application/octet-stream"): bytes}, operation_id="projects_attachment")
    def get(self, request: Request, number: str, pk: int) -> FileResponse:
        """The file as an attachment that a browser never interprets."""
        found = Attachment.objects.filter(project=self.project(number), pk=pk).first()
        if found is None:
            raise Http404
        return download(found)


def download(attachment: Attachment) -> FileResponse:
    """An attachment that a browser saves and never runs."""
    response = FileResponse(attachment.file.open("rb"), as_attachment=True, filename=attachment.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Type"] = "application/octet-stream"
    return response


class Waivers(ProjectView):
    """Exceptions of a project."""

    @extend_schema(responses=schema.WaiverRow(many=True), operation_id="projects_waivers")
    def get(self, request: Request, number: str) -> Response:
        """The exceptions register of this project."""
        return Response(schema.WaiverRow(self.project(number).waivers.all(), many=True).data)

    @extend_schema(request=schema.NewWaiver, responses={201: schema.WaiverRow}, operation_id="projects_waiver_request")
    def post(self, request: Request, number: str) -> Response:
        """Ask for an exception."""
        data = schema.NewWaiver(data=request.data)
        data.is_valid(raise_exception=True)
        fields = data.validated_data
        made = request_waiver(
            self.project(number).pk, fields["rule"], actor=request.user, reason=fields["reason"], basis=fields["basis"]
        )
        return Response(schema.WaiverRow(made).data, status.HTTP_201_CREATED)


class WaiverDecision(APIView):
    """Deciding an exception."""

    @extend_schema(request=schema.Decide, responses=schema.WaiverRow, operation_id="waivers_decide")
    def post(self, request: Request, pk: int) -> Response:
        """Grant or deny; the office that the rule names, and not the person who asked."""
        data = schema.Decide(data=request.data)
        data.is_valid(raise_exception=True)
        if not visible(Waiver, request.user).filter(pk=pk).exists():
            raise Http404
        return Response(schema.WaiverRow(decide_waiver(pk, actor=request.user, **data.validated_data)).data)


urlpatterns = [
    path("projects/", Projects.as_view(), name="api-projects"),
    path("projects/<str:number>/", ProjectDetail.as_view(), name="api-project"),
    path("projects/<str:number>/options/", Options.as_view(), name="api-options"),
    path("projects/<str:number>/passages/", Passages.as_view(), name="api-passages"),
    path("projects/<str:number>/evidence/", EvidenceTypes.as_view(), name="api-evidence-types"),
    path("projects/<str:number>/evidence/<slug:name>/", Evidence.as_view(), name="api-evidence"),
    path("projects/<str:number>/evidence/<slug:name>/<int:pk>/void/", EvidenceVoid.as_view(), name="api-evidence-void"),
    path("projects/<str:number>/materials/", Materials.as_view(), name="api-materials"),
    path("projects/<str:number>/attachments/<int:pk>/", Download.as_view(), name="api-attachment"),
    path("projects/<str:number>/papers/", Papers.as_view(), name="api-papers"),
    path("projects/<str:number>/papers/<int:pk>/<slug:form>/", PaperDownload.as_view(), name="api-paper-file"),
    path("projects/<str:number>/waivers/", Waivers.as_view(), name="api-waivers"),
    path("waivers/<int:pk>/decision/", WaiverDecision.as_view(), name="api-waiver-decision"),
    path("anchors/", Anchors.as_view(), name="api-anchors"),
    path("anchors/<int:pk>/<slug:form>/", AnchorFile.as_view(), name="api-anchor-file"),
    path("obligations/", Obligations.as_view(), name="api-obligations"),
    path("packs/", Packs.as_view(), name="api-packs"),
]
