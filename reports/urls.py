"""Here: the addresses of the reports. Not here: views."""

from django.urls import path

from reports import views, views_dashboard

app_name = "reports"
urlpatterns = [
    path("budget/", views_dashboard.dashboard, name="dashboard"),
    path("budget/rows/", views_dashboard.rows, name="budget_rows"),
    path("supervision/", views.supervision, name="supervision"),
    path("plan/", views.plan, name="plan"),
    path("plan/<int:year>/", views.plan, name="plan_year"),
    path("results/", views.results, name="results"),
]
