"""Here: the addresses of this room. Not here: who may open them (see views and pages)."""

from django.urls import path

from . import views
from .pages import certificates, people, places, second_factor, security, units

app_name = "organizations"

urlpatterns = [
    path("login/", views.LoginView.as_view(), name="login"),
    path("login/code/", second_factor.code, name="code"),
    path("logout/", views.LogoutView.as_view(), name="logout"),
    path("password/", views.PasswordChangeView.as_view(), name="password_change"),
    path("profile/", views.ProfileView.as_view(), name="profile"),
    path("profile/second-factor/", second_factor.bind, name="second_factor"),
    path("unit/", views.UnitView.as_view(), name="unit"),
    path("delegations/", views.DelegationsView.as_view(), name="delegations"),
    path("delegations/<int:pk>/end/", views.DelegationEndView.as_view(), name="delegation_end"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<int:pk>/active/", certificates.certificate_active, name="certificate_active"),
    path("system/", people.home, name="system"),
    path("system/units/", units.units, name="system_units"),
    path("system/units/new/", units.unit, name="system_new_unit"),
    path("system/units/<int:pk>/", units.unit, name="system_unit"),
    path("system/units/<int:pk>/active/", units.unit_active, name="system_unit_active"),
    path("system/offices/", units.offices, name="system_offices"),
    path("system/offices/<int:pk>/active/", units.office_active, name="system_office_active"),
    path("system/places/", places.places, name="system_places"),
    path("system/places/new/", places.place, name="system_new_place"),
    path("system/places/<int:pk>/", places.place, name="system_place"),
    path("system/people/", people.people, name="system_people"),
    path("system/people/new/", people.new_person, name="system_new_person"),
    path("system/people/<int:pk>/", people.person, name="system_person"),
    path("system/people/<int:pk>/password/", people.reset, name="system_reset"),
    path("system/people/<int:pk>/active/", people.active, name="system_person_active"),
    path("security/", security.rights, name="security_rights"),
    path("security/people/<int:pk>/factor/", security.remove_factor, name="security_factor"),
    path("security/lockouts/", security.lockouts, name="security_lockouts"),
    path("security/lockouts/<int:pk>/release/", security.release_lockout, name="security_release"),
    path("security/sessions/", security.session_list, name="security_sessions"),
    path("security/sessions/<slug:mark>/end/", security.end_session, name="security_end"),
    path("security/tokens/<slug:mark>/revoke/", security.revoke_token, name="security_revoke"),
    path("security/policy/", security.policy, name="security_policy"),
]
