"""Here: styles and scripts under their hashed names. Not here: what they look like."""

import pytest
from django.core.files.base import ContentFile

from egov_projects.statics import Hashed, HashedAndCompressed


@pytest.fixture(params=[Hashed, HashedAndCompressed])
def storage(request, tmp_path):
    return request.param(location=tmp_path, base_url="/static/")


def test_a_collected_file_is_named_by_its_content(storage):
    storage.save("app.css", ContentFile(b"body{}"))
    list(storage.post_process({"app.css": (storage, "app.css")}))
    assert storage.url("app.css") == "/static/app.aa676972bbd2.css"


def test_a_missing_vendor_file_leaves_the_page_standing(storage):
    assert storage.url("vendor/tabler.min.css") == "/static/vendor/tabler.min.css"
