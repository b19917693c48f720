"""Here: the size of uploads. Not here: their content."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile

from egov_projects.uploads import BoundedUploadHandler


def test_an_upload_that_announces_too_much_is_refused_unread(rf, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    request = rf.post("/", {"file": SimpleUploadedFile("a.pdf", b"x" * 1001)})
    with pytest.raises(RequestDataTooBig):
        _ = request.FILES


def test_an_upload_that_lies_about_its_size_is_stopped(settings):
    settings.UPLOAD_MAX_BYTES = 1000
    handler = BoundedUploadHandler()
    handler.handle_raw_input(None, {}, 10, "", None)
    handler.new_file("file", "a.pdf", "application/pdf", None)
    handler.receive_data_chunk(b"x" * 1000, 0)
    with pytest.raises(RequestDataTooBig):
        handler.receive_data_chunk(b"x", 1000)
    handler.file.close()


def test_a_fitting_upload_lands_in_a_file(rf):
    request = rf.post("/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert request.FILES["file"].read() == b"%PDF-1.7"
    assert request.FILES["file"].temporary_file_path()
    request.FILES["file"].close()
