"""Here: the addresses of this room. Not here: who may open them (see views)."""

from django.urls import path

from . import views

app_name = "organizations"

urlpatterns = [
    path("login/", views.LoginView.as_view(), name="login"),
    path("logout/", views.LogoutView.as_view(), name="logout"),
    path("password/", views.PasswordChangeView.as_view(), name="password_change"),
    path("profile/", views.ProfileView.as_view(), name="profile"),
    path("unit/", views.UnitView.as_view(), name="unit"),
    path("delegations/", views.DelegationsView.as_view(), name="delegations"),
    path("delegations/<int:pk>/end/", views.DelegationEndView.as_view(), name="delegation_end"),
]
