"""Here: how much the most used pages bring along at first sight. Not here: how fast they are (bench/)."""

import sys

import pytest

LIMIT = 200_000


def weight(person, path: str) -> dict[str, int]:
    """Bytes of every answer to a browser that knows nothing yet, uncompressed, by address."""
    sizes: dict[str, int] = {}
    person.page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    person.page.goto(path)
    person.page.wait_for_load_state("networkidle")
    return sizes


@pytest.mark.parametrize("path", ["/", "/projects/{number}/"])
def test_a_first_visit_is_light(town, enter, capsys, path):
    project = town.project("scheme_filed", "2400000.00")
    centre = enter("centre")
    fresh = enter(storage_state=centre.page.context.storage_state())
    sizes = weight(fresh, path.format(number=project.number))
    with capsys.disabled():
        sys.stdout.write(f"\n{path}: {sum(sizes.values()):,} bytes in {len(sizes)} answers\n")
    assert sum(sizes.values()) <= LIMIT, sizes
    assert any(url.endswith("htmx-2.min.js") for url in sizes)
