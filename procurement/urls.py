"""Here: the addresses of the procurement room. Not here: views."""

from django.urls import path

from procurement import views

app_name = "procurement"
urlpatterns = [path("projects/<str:number>/tender/", views.tender_page, name="tender")]
