"""Here: the addresses of the performance room. Not here: views."""

from django.urls import path

from performance import views

app_name = "performance"
urlpatterns = [
    path("performance/", views.overview, name="overview"),
]
