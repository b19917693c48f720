"""Here: the addresses of the desk. Not here: views."""

from django.urls import path

from desk import handover_views, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("inbox/done/", views.done, name="done"),
    path("inbox/mine/", views.mine, name="mine"),
    path("inbox/notices/", views.notices, name="notices"),
    path("inbox/notices/read/", views.read_all, name="read_all"),
    path("projects/<str:number>/comments/", views.say, name="comment"),
    path("projects/<str:number>/urge/", views.hurry, name="urge"),
    path("handover/", handover_views.people, name="handovers"),
    path("handover/<int:pk>/", handover_views.handover, name="handover"),
]
