"""Here: a small city for the tests of this room. Not here: projects."""

from datetime import date

import pytest

from organizations.models import Delegation, Jurisdiction, Office, Organization, Post, User

PASSWORD = "Ximu-Qiao-2015"
DAY = date(2026, 3, 10)


@pytest.fixture
def city(db) -> Jurisdiction:
    return Jurisdiction.objects.create(code="yueqing", name="乐清市", pack="yueqing-2015")


@pytest.fixture
def other_city(db) -> Jurisdiction:
    return Jurisdiction.objects.create(code="taicang", name="太仓市", pack="taicang-2021")


@pytest.fixture
def bureau(city) -> Organization:
    """A department that only files."""
    return Organization.objects.create(jurisdiction=city, name="市教育局")


@pytest.fixture
def centre(city) -> Organization:
    """A unit that holds the office of centre, and files projects of its own."""
    unit = Organization.objects.create(jurisdiction=city, name="市电子政务中心")
    Office.objects.create(jurisdiction=city, role="centre", organization=unit)
    return unit


@pytest.fixture
def person(db):
    """Make a user: `person("li", bureau, Post.HEAD)`."""

    def make(username: str, organization: Organization | None = None, post: str = Post.CLERK, **fields) -> User:
        fields = {"display_name": username.title()} | fields
        return User.objects.create_user(username, password=PASSWORD, organization=organization, post=post, **fields)

    return make


@pytest.fixture
def delegate_to(db):
    """Record a delegation around DAY without the form: `delegate_to(principal, delegate)`."""

    def make(principal: User, delegate: User, starts_on: date = DAY, ends_on: date = DAY) -> Delegation:
        return Delegation.objects.create(
            principal=principal, delegate=delegate, starts_on=starts_on, ends_on=ends_on, reason="出差"
        )

    return make


@pytest.fixture
def password() -> str:
    return PASSWORD


@pytest.fixture
def sign_in(client):
    """Post the login form: `sign_in("li", "secret")` gives the response."""

    def post(username: str, password: str = PASSWORD, **extra):
        return client.post("/login/", {"username": username, "password": password}, **extra)

    return post
