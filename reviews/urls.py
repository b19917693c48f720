"""Here: the addresses of the reviews room. Not here: views."""

app_name = "reviews"
urlpatterns: list = []
