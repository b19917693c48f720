"""Here: the addresses of the deadlines room. Not here: views."""

from django.urls import path

from deadlines import calendar_views, feed_views, report_views, views

app_name = "deadlines"
urlpatterns = [
    path("deadlines/", views.board, name="board"),
    path("deadlines/statistics/", views.figures, name="statistics"),
    path("deadlines/reports/", report_views.reports, name="reports"),
    path("deadlines/reports/<int:pk>/", report_views.report_made, name="report_made"),
    path("escalations/<int:pk>/", views.supervise, name="supervise"),
    path("projects/<str:number>/deadlines/", views.project_deadlines, name="project"),
    path("profile/calendar/", feed_views.subscription, name="subscription"),
    path("calendar/<str:token>.ics", feed_views.calendar_feed, name="feed"),
    path("system/calendar/", calendar_views.calendar, name="calendar"),
    path("system/calendar/<int:year>/", calendar_views.calendar_year, name="calendar_year"),
]
