"""Here: the addresses of the reviews room. Not here: views."""

from django.urls import path

from reviews.views import bulk, corrections, draw, duplicates, experts, phrases, queue, review

app_name = "reviews"
urlpatterns: list = [
    path("review/", queue.queue_page, name="queue"),
    path("review/bulk/", bulk.bulk_preview, name="bulk"),
    path("review/bulk/confirm/", bulk.bulk_confirm, name="bulk_confirm"),
    path("review/bulk/<uuid:key>/", bulk.bulk_result, name="bulk_result"),
    path("review/phrases/", phrases.phrases_page, name="phrases"),
    path("review/phrases/<int:pk>/end/", phrases.end_phrase, name="phrase_end"),
    path("review/<str:number>/", review.review_page, name="review"),
    path("review/<str:number>/receipt/", review.receive, name="receive"),
    path("review/<str:number>/<slug:name>/", review.review_page, name="opinion"),
    path("projects/<str:number>/corrections/", corrections.corrections_page, name="corrections"),
    path("projects/<str:number>/duplicates/", duplicates.duplicates_page, name="duplicates"),
    path("experts/", experts.experts, name="experts"),
    path("experts/new/", experts.edit, name="expert_new"),
    path("experts/<int:pk>/", experts.expert, name="expert"),
    path("experts/<int:pk>/edit/", experts.edit, name="expert_edit"),
    path("experts/<int:pk>/state/", experts.state, name="expert_state"),
    path("projects/<str:number>/experts/", draw.experts, name="draw"),
    path("projects/<str:number>/experts/<slug:action>/", draw.step, name="draw_step"),
    path("projects/<str:number>/experts/draws/<int:count>.json", draw.exported, name="draw_json"),
]
