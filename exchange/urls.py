"""Here: the addresses of exports and imports. Not here: views."""

from django.urls import path

from exchange import views, views_imports

app_name = "exchange"
urlpatterns = [
    path("exchange/", views.exchange, name="exchange"),
    path("exports/<slug:name>/", views.export, name="export"),
    path("imports/<slug:name>/", views_imports.start, name="import"),
    path("imports/<slug:name>/template.xlsx", views_imports.template_file, name="template"),
    path("imports/runs/<uuid:pk>/", views_imports.run, name="run"),
    path("imports/runs/<uuid:pk>/errors.xlsx", views_imports.errors_file, name="run_errors"),
    path("projects/<str:number>/imports/<slug:name>/", views_imports.start, name="project_import"),
    path(
        "projects/<str:number>/imports/<slug:name>/template.xlsx", views_imports.template_file, name="project_template"
    ),
]
