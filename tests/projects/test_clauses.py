"""Here: a field says which clause asks for it. Not here: what the clause then does (scenarios)."""

import pytest

from policies.loader import load, parse
from projects.clauses import clauses_of

PACK = """
[pack]
code = "x"
prefix = "X"
title = "t"
doc_no = "d"
issuer = "i"
jurisdiction = "j"
effective_from = 2015-01-01
[[rule]]
id = "X-1"
clause = "一"
says = "应填写需求"
[[rule.also]]
moves = ["file"]
when = [{ fact = "project.kind", test = "equals", value = "新建" }]
require = [{ fact = "filing.business_need", test = "present" }]
[[rule]]
id = "X-2"
clause = "二"
says = "不得"
[[rule.also]]
moves = ["file"]
require = [{ any = [{ fact = "project.business_need", test = "present" }, { fact = "filing.objective", test = "present" }] }]
[[rule]]
id = "X-3"
clause = "二"
says = "同一条"
[[rule.also]]
moves = ["file"]
when = [{ fact = "filing.objective", test = "absent" }]
"""


@pytest.fixture
def pack():
    return parse(PACK)


@pytest.mark.parametrize(
    "evidence, field, ids",
    [
        ("filing", "business_need", ["X-1", "X-2"]),
        ("filing", "objective", ["X-2"]),
        ("filing", "kind", []),  # only says when the rule applies
        ("scheme", "objective", []),
    ],
)
def test_the_clauses_that_require_a_field(pack, evidence, field, ids):
    assert [rule.id for rule in clauses_of(pack, evidence, field)] == ids


def test_the_form_links_to_the_clause(city, client):
    project = city.project("filed")
    client.force_login(city.users["centre"])
    page = client.get(f"/projects/{project.number}/records/preliminary_opinion/").content.decode()
    rule = clauses_of(load("yueqing-2015"), "preliminary_opinion", "opinion")[0]
    assert f'/packs/yueqing-2015/#{rule.id}"' in page and f">{rule.clause}<" in page


def test_every_link_leads_to_a_rule_on_the_pack_page(client, db):
    page = client.get("/packs/yueqing-2015/").content.decode()
    pack = load("yueqing-2015")
    assert all(f'id="{rule.id}"' in page for rule in pack.rules)
