"""Here: the addresses of the budget room. Not here: views."""

from django.urls import path

from budget import views

app_name = "budget"
urlpatterns = [
    path("projects/<str:number>/payments/", views.payments, name="payments"),
]
