"""Here: the card of time limits on the project page. Not here: reckoning (test_clocks.py)."""

from datetime import date

from organizations import clock


def test_lateness_is_counted_from_the_last_day_not_from_the_start(city, client):
    """YQ-3.5-5: five working days from Friday 13 March end on the 20th; on the 24th it is two working days late."""
    with clock.at(date(2026, 3, 13)):
        project = city.project("procuring")
        city.walker().record(project, "tender_document")
    client.force_login(city.users["centre"])
    with clock.at(date(2026, 3, 24)):
        assert "已超 2 个工作日" in client.get(f"/projects/{project.number}/").content.decode()
        assert "超期 2 个工作日" in client.get("/").content.decode()
