"""Facts documents as they lie in the database: small, and the same bytes when they are read.

The documents of a catalogue repeat one another: the facts of a few dozen licences, and the
same keys and words for every component. So each is compressed with a dictionary of what
they have in common, which makes a seventh of it. The first byte names the dictionary: a
document can be read for as long as its dictionary is kept, so none is ever changed.
"""

import zlib
from functools import cache
from pathlib import Path

DICTIONARY = 1
"""The dictionary that new documents are written with."""

LEVEL = 6


@cache
def dictionary(number: int) -> bytes:
    """What documents have in common, the most frequent last, as zlib wants it."""
    return (Path(__file__).parent / f"facts_dictionary_{number}.txt").read_bytes()


def pack(document: bytes) -> bytes:
    """A canonical facts document as it is stored."""
    packer = zlib.compressobj(LEVEL, wbits=-zlib.MAX_WBITS, zdict=dictionary(DICTIONARY))
    return bytes([DICTIONARY]) + packer.compress(document) + packer.flush()


def unpack(packed: bytes | memoryview) -> bytes:
    """The document again; ``zlib.error`` for what is none."""
    found = bytes(packed)
    reader = zlib.decompressobj(-zlib.MAX_WBITS, zdict=dictionary(found[0]))
    return reader.decompress(found[1:])
