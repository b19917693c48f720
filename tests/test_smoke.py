import pytest
from projects.transitions import perform, options
from projects.models import Project
from django.db import connection
def test_smoke(city):
    p = city.project("evaluated")
    assert p.state == "evaluated"
    rows=list(p.passages.order_by("number"))
    prev=""
    for r in rows:
        assert r.previous_hash==prev and r.computed_hash()==r.hash; prev=r.hash
    print([ (r.move,r.role) for r in rows])
    with pytest.raises(Exception) as e:
        with connection.cursor() as c: c.execute("update projects_project set state='draft'")
    print(e.value)
    p.refresh_from_db()
    with pytest.raises(Exception) as e:
        p.step_back()
    print(repr(e.value))
