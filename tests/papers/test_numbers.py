"""Here: many people taking numbers of one series at once, on every database. Not here: what a paper says."""

import threading

import pytest
from django.db import connection, transaction

from organizations.models import Jurisdiction, Organization
from papers.issuing import next_serial
from papers.models import NumberSeries

pytestmark = [pytest.mark.lifecycle]
PEOPLE, EACH = 6, 5


@pytest.mark.django_db(transaction=True)
def test_many_at_once_take_every_number_once_and_what_fails_gives_its_number_back():
    place = Jurisdiction.objects.create(code="numbers", name="编号市", pack="yueqing-2015")
    office = Organization.objects.create(jurisdiction=place, name="中心", type="direct")
    barrier, taken, lock = threading.Barrier(PEOPLE), [], threading.Lock()

    def take() -> None:
        barrier.wait()
        for at in range(EACH):
            try:
                with transaction.atomic():
                    serial = next_serial(office, "编", 2026)
                    if at == 2:
                        raise RuntimeError("nothing is issued after all")
            except RuntimeError:
                continue
            with lock:
                taken.append(serial)
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(PEOPLE)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(taken) == list(range(1, PEOPLE * (EACH - 1) + 1))
    assert NumberSeries.objects.get(issuer=office).last == len(taken)
