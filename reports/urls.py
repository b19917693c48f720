"""Here: the addresses of the reports. Not here: views."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("supervision/", views.supervision, name="supervision"),
    path("plan/", views.plan, name="plan"),
    path("plan/<int:year>/", views.plan, name="plan_year"),
    path("results/", views.results, name="results"),
]
