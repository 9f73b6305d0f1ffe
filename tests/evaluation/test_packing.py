"""Facts documents are packed, and come out as the same bytes."""

import hashlib

import pytest

from catalog.models import packing
from catalog.models.packing import pack, unpack

FIRST = "748e0231a24fa9a39c3f56ae90756fc57241cd1ba560d161e752ead7a05b5dfd"


@pytest.mark.parametrize("text", ["", "{}", '{"name":"ä “x” \\u0000"}' * 500])
def test_a_document_comes_out_as_it_went_in(text: str):
    assert unpack(pack(text.encode())) == text.encode()
    assert unpack(memoryview(pack(text.encode()))) == text.encode()


def test_no_dictionary_is_ever_changed():
    """Documents that were packed with it could not be read any more."""
    assert hashlib.sha256(packing.dictionary(1)).hexdigest() == FIRST
