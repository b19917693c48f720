"""Here: a little city for one scenario, with an office of every role. Not here: the demo's city, the tests' city."""

import secrets
from dataclasses import dataclass, field
from datetime import date

from organizations import clock
from organizations.models import Jurisdiction, Office, Organization, User
from policies.loader import load
from policies.pack import Pack
from projects.filing import publish_batch
from projects.models import FilingBatch, InstrumentEnd

PROFILE = {
    "leader_name": "林分管", "leader_post": "副局长", "leader_phone": "0577-61880001",
    "liaison_name": "郑联络", "liaison_post": "科长", "liaison_phone": "0577-61880002",
}  # fmt: skip


@dataclass
class City:
    """A jurisdiction of its own under the pack. `users` holds one person per office, and applicant, sibling, other."""

    jurisdiction: Jurisdiction
    users: dict[str, User]
    batch: FilingBatch | None = None
    password: str | None = None
    offices: dict[str, Organization] = field(default_factory=dict)


def build(pack: Pack, *, unit: dict | None = None, keep: bool = False) -> City:
    """Create the city. With `keep` its people can sign in with `password`, and an instrument's early end stays on file.

    The jurisdiction is new each time, so nothing that a database already holds can change what a scenario answers.
    """
    token = secrets.token_hex(3)
    if not keep:
        InstrumentEnd.objects.filter(pack_code=pack.code).delete()
    jurisdiction = Jurisdiction.objects.create(code=f"scenario-{token}", name=f"情景{token}", pack=pack.code)
    city = City(jurisdiction, {}, password=secrets.token_urlsafe(9) if keep else None)

    def organization(name: str, **fields) -> Organization:
        return Organization.objects.create(
            jurisdiction=jurisdiction, name=name, **{**PROFILE, "type": "direct"} | fields
        )

    def person(role: str, place: Organization) -> None:
        city.users[role] = User.objects.create_user(
            f"{role}-{token}",
            password=city.password,
            organization=place,
            display_name=f"{place.name}{len(city.users) + 1}号",
        )

    own = organization("市城市管理局", **(unit or {}))
    person("applicant", own)
    person("sibling", own)
    person("other", organization("市教育局"))
    for role, name in pack.offices.items():
        city.offices[role] = organization(name)
        Office.objects.create(jurisdiction=jurisdiction, role=role, organization=city.offices[role])
        person(role, city.offices[role])
    return city


def open_batch(city: City, fields: dict, day: date) -> FilingBatch:
    """The yearly notice whose window holds this day, published by whoever governs; `fields` overlay."""
    given = {
        "title": f"{day.year + 1}年度项目申报通知",
        "calendar_year": day.year,
        "opens_on": date(day.year, 1, 1),
        "closes_on": date(day.year, 12, 31),
        "published_on": date(day.year, 1, 1),
        **fields,
    }
    with clock.at(day):
        city.batch = publish_batch(actor=city.users[load(city.jurisdiction.pack).governing], **given)
    return city.batch
