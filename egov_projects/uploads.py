"""Here: how large an upload may be before anyone looks at it. Not here: whether its content is acceptable."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Write uploads to a temporary file and stop at UPLOAD_MAX_BYTES for the whole request.

    Raises RequestDataTooBig, which becomes a plain 413 page or problem.
    """

    received = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:
        self._check(content_length)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        self._check(self.received)
        super().receive_data_chunk(raw_data, start)

    @staticmethod
    def _check(size: int) -> None:
        if size > settings.UPLOAD_MAX_BYTES:
            raise RequestDataTooBig(f"上传内容超过 {settings.UPLOAD_MAX_BYTES // settings.MIB} MB。")
