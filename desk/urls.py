"""Here: the addresses of the desk. Not here: views."""

from django.urls import path

from desk import handover_views, saved_pages, views, views_together

app_name = "desk"
urlpatterns = [
    path("views/", saved_pages.save_view, name="save_view"),
    path("views/<int:pk>/", saved_pages.change_view, name="change_view"),
    path("", views.home, name="home"),
    path("inbox/done/", views.done, name="done"),
    path("inbox/mine/", views.mine, name="mine"),
    path("inbox/notices/", views.notices, name="notices"),
    path("inbox/notices/read/", views.read_all, name="read_all"),
    path("projects/<str:number>/comments/", views.say, name="comment"),
    path("projects/<str:number>/urge/", views.hurry, name="urge"),
    path("projects/<str:number>/hand/", views_together.hand_page, name="hand"),
    path("projects/<str:number>/consult/", views_together.consult_page, name="consult"),
    path("projects/<str:number>/copy/", views_together.copy_page, name="copy"),
    path("consultations/<int:pk>/answer/", views_together.answer, name="answer"),
    path("consultations/<int:pk>/withdraw/", views_together.withdraw, name="withdraw"),
    path("handover/", handover_views.people, name="handovers"),
    path("handover/<int:pk>/", handover_views.handover, name="handover"),
]
