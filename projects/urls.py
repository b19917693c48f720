"""Here: the addresses of projects. Not here: views."""

from django.urls import path

from projects.views import (
    anchors,
    audit,
    batch,
    filing_check,
    finding,
    packs,
    project,
    public,
    record,
    settings,
    versions,
    workspace,
)

app_name = "projects"
urlpatterns = [
    path("projects/", project.project_list, name="list"),
    path("search/", finding.search, name="search"),
    path("projects/new/", project.new_project, name="new"),
    path("projects/<str:number>/", project.project_page, name="project"),
    path("projects/<str:number>/filing/", workspace.start, name="filing"),
    path("projects/<str:number>/filing/duties/", filing_check.duties_part, name="filing_duties"),
    path("projects/<str:number>/filing/rehearsal/", filing_check.rehearsal_page, name="filing_rehearsal"),
    path("projects/<str:number>/filing/check/", filing_check.check_page, name="filing_check"),
    path("projects/<str:number>/filing/<slug:section>/", workspace.section_page, name="filing_section"),
    path("projects/<str:number>/versions/", versions.versions_page, name="versions"),
    path("projects/<str:number>/ledger/", project.ledger_page, name="ledger"),
    path("projects/<str:number>/ledger/<int:step>/", audit.decision, name="decision"),
    path("audit/", audit.log, name="audit"),
    path("audit/ledger/", audit.verify, name="audit_ledger"),
    path("audit/anchors/", anchors.anchors, name="anchors"),
    path("audit/anchors/<int:pk>.<slug:form>", anchors.anchor_file, name="anchor_file"),
    path("projects/<str:number>/records/<slug:name>/", record.record_page, name="record"),
    path("projects/<str:number>/records/<slug:name>/<int:pk>/void/", record.void_record, name="void"),
    path("projects/<str:number>/moves/<slug:move>/", record.move_page, name="move"),
    path("projects/<str:number>/materials/", record.materials_page, name="materials"),
    path("projects/<str:number>/attachments/<int:pk>/", record.attachment, name="attachment"),
    path("projects/<str:number>/waivers/", record.waivers_page, name="waivers"),
    path("waivers/<int:pk>/decide/", record.decide, name="decide"),
    path("batches/", batch.batches, name="batches"),
    path("projects/<str:number>/parameters/", settings.parameters, name="project_parameters"),
    path("parameters/", settings.parameters, name="parameters"),
    path("packs/<slug:code>/end/", settings.end, name="end"),
    path("whatif/", public.whatif, name="whatif"),
    path("packs/", packs.packs, name="packs"),
    path("packs/<slug:code>/", packs.pack_page, name="pack"),
    path("packs/<slug:code>/impact/", packs.impact_page, name="impact"),
]
