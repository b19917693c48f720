"""Here: 三权分立, what each administrator may open belongs to no other of them. Not here: the answers themselves (test_matrix).

The declaration is what test_matrix.py proves of every address; here it is only compared.
"""

from itertools import combinations

from tests.endpoints import ENDPOINTS, Endpoint
from tests.world import ADMINISTRATORS


def opened(person: str) -> set[str]:
    """The addresses and methods that answer this person."""
    return {f"{method} {name}" for name, endpoint in ENDPOINTS.items() for method in methods(endpoint, person)}


def methods(endpoint: Endpoint, person: str):
    for method in ("get", "post"):
        answer = getattr(endpoint, method)
        if answer is not None and endpoint.expected(answer, person, "filed", rest=False) not in (403, 404):
            yield method


def test_no_address_opens_to_two_administrators_and_not_to_everybody():
    common = opened("other")
    for one, two in combinations(ADMINISTRATORS, 2):
        assert (opened(one) & opened(two)) - common == set(), (one, two)


def test_each_has_something_of_its_own():
    common = opened("other")
    assert {person: len(opened(person) - common) > 0 for person in ADMINISTRATORS} == dict.fromkeys(
        ADMINISTRATORS, True
    )


def test_no_address_of_a_project_opens_to_an_administrator():
    business = {name for name, endpoint in ENDPOINTS.items() if endpoint.per_project}
    for person in ADMINISTRATORS:
        assert {name.partition(" ")[2] for name in opened(person)} & business == set()
