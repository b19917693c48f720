"""Here: the addresses of the deadlines room. Not here: views."""

from django.urls import path

from deadlines import calendar_views, views

app_name = "deadlines"
urlpatterns = [
    path("deadlines/", views.board, name="board"),
    path("system/calendar/", calendar_views.calendar, name="calendar"),
    path("system/calendar/<int:year>/", calendar_views.calendar_year, name="calendar_year"),
]
