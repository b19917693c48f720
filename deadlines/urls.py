"""Here: the addresses of the deadlines room. Not here: views."""

from django.urls import path

from deadlines import views

app_name = "deadlines"
urlpatterns = [path("deadlines/", views.board, name="board")]
