"""Here: the check-up before an acceptance. Not here: the rules it reads (scenarios)."""

from acceptance.readiness import readiness


def told(found) -> list[tuple[str, str, str]]:
    """Move, clause and who owes it."""
    return [(item.move, item.verdict.rule, item.owed_by) for item in found]


def test_what_is_missing_by_clause_and_who_owes_it(city):
    project = city.project("trial", "2000000.00")
    unit, walker = "市城市管理局", city.walker()
    found = readiness(project)
    assert told(found.missing) == [
        ("convene_acceptance", "YQ-3.4-16", unit),
        ("convene_acceptance", "YQ-3.7-1", unit),
        ("convene_acceptance", "YQ-3.7-2", unit),
        ("accept", "YQ-3.7-2", unit),
        ("accept", "YQ-3.7-3", unit),
    ]
    assert (found.summary, found.ready) == ("还差5项", False)

    walker.walk_to(project, "accepting")
    found = readiness(project)
    assert told(found.missing) == [("accept", "YQ-3.7-2", unit), ("accept", "YQ-3.7-3", unit)]
    assert found.missing[1].verdict.remedy == "third_party_test"

    walker.record(project, "third_party_test")
    walker.record(project, "acceptance_conclusion")
    found = readiness(project)
    assert (found.summary, found.ready) == ("已具备验收通过的条件", True)
    assert told(found.flagged) == [("accept", "YQ-3.7-7", "市府办")]


def test_an_om_project_is_asked_for_no_trial_stage(city):
    project = city.project("building", kind="运行维护")
    assert {item.move for item in readiness(project).missing} == {"convene_acceptance", "accept"}


def test_the_card_says_how_much_is_missing_and_who_mends_it(city, client):
    project = city.project("trial", "2000000.00")
    found = readiness(project)
    assert {owner: len(items) for owner, items in found.by_owner.items()} == {"市城市管理局": 5}
    client.force_login(city.applicant)
    body = client.get(f"/projects/{project.number}/").content.decode()
    assert "还差 <b>5</b> 项,都由市城市管理局补。" in body
    card = body[body.index("验收体检") : body.index("验收体检") + 6000]
    assert f"/projects/{project.number}/records/third_party_test/" in card
    client.force_login(city.users["finance"])
    body = client.get(f"/projects/{project.number}/").content.decode()
    card = body[body.index('id="readiness"') :]
    card = card[: card.index("</section>")]
    assert "都由市城市管理局补" in card and "/records/" not in card
