"""Here: the addresses of the reviews room. Not here: views."""

from django.urls import path

from reviews.views import draw, experts

app_name = "reviews"
urlpatterns: list = [
    path("experts/", experts.experts, name="experts"),
    path("experts/new/", experts.edit, name="expert_new"),
    path("experts/<int:pk>/", experts.expert, name="expert"),
    path("experts/<int:pk>/edit/", experts.edit, name="expert_edit"),
    path("experts/<int:pk>/state/", experts.state, name="expert_state"),
    path("projects/<str:number>/experts/", draw.experts, name="draw"),
    path("projects/<str:number>/experts/<slug:action>/", draw.step, name="draw_step"),
    path("projects/<str:number>/experts/draws/<int:count>.json", draw.exported, name="draw_json"),
]
