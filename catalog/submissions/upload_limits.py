"""Files that are sent in: held in memory, few bytes of them, and never written to a disk."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

from definitions.readers.values import number_or

MOST_BYTES = 1_000_000
"""Of all files of a request together; the largest that any form reads has half of it."""

MOST_SENT = 4_000_000
"""Bytes of a whole request, its fields included."""


class BoundedInMemory(MemoryFileUploadHandler):
    """Ends a request whose files are larger than any form of ours takes."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.received = 0

    def handle_raw_input(self, *arguments: Any, **named: Any) -> None:
        """Refuse by the length that is announced, before anything is read."""
        _data, meta = arguments[:2]
        if number_or(meta.get("CONTENT_LENGTH") or "0", MOST_SENT + 1, high=MOST_SENT) > MOST_SENT:
            raise RequestDataTooBig("The request is larger than any form takes.")
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            raise RequestDataTooBig("The files are larger than any form takes.")
        return super().receive_data_chunk(raw_data, start)
