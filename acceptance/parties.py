"""Here: the testing institution among the firms of a project. Not here: comparing them (projects/parties.py)."""

from collections.abc import Iterator

from projects.evidence import EVIDENCE
from projects.parties import TESTER, Party, party_source


@party_source
def testers(project) -> Iterator[Party]:
    """The institution of the newest test (YQ-3.7-4)."""
    test = EVIDENCE["third_party_test"].current(project)
    if test is not None:
        yield Party(TESTER, test.firm_name, test.firm_credit_code or "")
