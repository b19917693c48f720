"""Here: the addresses of exports and imports. Not here: views."""

from django.urls import path

from exchange import views

app_name = "exchange"
urlpatterns = [
    path("exchange/", views.exchange, name="exchange"),
    path("exports/<slug:name>/", views.export, name="export"),
]
