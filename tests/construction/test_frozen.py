"""Here: an approved scheme is closed, and the refusal says by which clause. Not here: changing it (test_changes.py)."""

import pytest

from projects.errors import Closed
from projects.evidence import EVIDENCE, void


def test_a_closed_scheme_cites_the_clause(city):
    project, walker = city.project("scheme_approved"), city.walker()
    with pytest.raises(Closed) as error:
        walker.record(project, "scheme")
    assert (error.value.rules, error.value.extra) == (["YQ-3.4-13"], {"rules": ["YQ-3.4-13"]})
    assert "乐政办发〔2015〕10号 三(四),YQ-3.4-13" in error.value.detail
    row = EVIDENCE["scheme"].current(project)
    with pytest.raises(Closed) as error:
        void(project.pk, "scheme", row.pk, actor=city.applicant, reason="换一版")
    assert error.value.rules == ["YQ-3.4-13"]


def test_before_the_approval_no_clause_is_cited(city):
    project = city.project("filed")
    with pytest.raises(Closed) as error:
        city.walker().record(project, "scheme")
    assert (error.value.rules, error.value.extra) == ([], {})
