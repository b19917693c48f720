"""Here: a REST client for a person of the city."""

import pytest
from rest_framework.test import APIClient

from organizations.models import User


@pytest.fixture
def rest(city):
    """`rest("finance")` is a client signed in as that office's person, read anew."""

    def client(role: str) -> APIClient:
        signed_in = APIClient()
        signed_in.force_authenticate(User.objects.select_related("organization").get(pk=city.users[role].pk))
        return signed_in

    return client
