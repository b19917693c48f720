"""Here: what the lock files must not say. Not here: which versions are right."""

import json
import re

import pytest
from django.conf import settings

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"]


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_where_packages_come_from(name):
    text = (settings.BASE_DIR / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host", text)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_a_hash(name):
    text = (settings.BASE_DIR / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries and all(re.match(r"[\w.\-\[\]]+==\S+", entry) and "--hash=sha256:" in entry for entry in entries)


def test_what_runs_is_what_was_tested():
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[\w.\-\[\]]+==\S+", (settings.BASE_DIR / name).read_text(encoding="utf-8"), re.M))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_the_page_assets_are_pinned_without_an_address():
    lock = json.loads((settings.BASE_DIR / "package-lock.json").read_text(encoding="utf-8"))
    packages = [entry for name, entry in lock["packages"].items() if name]
    assert packages
    assert all("resolved" not in entry and entry["integrity"].startswith("sha512-") for entry in packages)
