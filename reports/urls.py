"""Here: the addresses of the reports. Not here: views."""

from django.urls import path

from reports import views, views_checks, views_dashboard, views_places, views_plan, views_timeline, views_waivers
from reports.volume import views as volume

app_name = "reports"
urlpatterns = [
    path("budget/", views_dashboard.dashboard, name="dashboard"),
    path("budget/rows/", views_dashboard.rows, name="budget_rows"),
    path("budget/check/", views_checks.checks, name="checks"),
    path("projects/<str:number>/timeline/", views_timeline.timeline, name="timeline"),
    path("places/", views_places.places, name="places"),
    path("places/<slug:code>/", views_places.pace, name="pace"),
    path("supervision/", views.supervision, name="supervision"),
    path("plan/", views_plan.plan, name="plan"),
    path("plan/<int:year>/", views_plan.plan, name="plan_year"),
    path("plan/<int:year>/order/", views_plan.plan_order, name="plan_order"),
    path("plan/<int:year>/lock/", views_plan.plan_lock, name="plan_lock"),
    path("waivers/", views_waivers.waivers, name="waivers"),
    path("results/", views.results, name="results"),
    path("projects/<str:number>/volume/", volume.volume, name="volume"),
    path("projects/<str:number>/volume/<int:count>.<slug:form>", volume.fetch, name="volume_file"),
    path("volume/verify_archive.py", volume.verifier, name="volume_verifier"),
]
