"""Responses as the short text that exam pages offer to copy where no file can be saved.

Its first word says what it is. After it comes base32 of a content and of a CRC-32 of that content,
so that mail, word processors and typing do it no harm: case, spaces and line ends do not count.
"""

from __future__ import annotations

import base64
import binascii
import zlib

MARK = b"LRQUIZ1"
_CHECKSUM_BYTES = 4
_GROUP = 8  # letters of base32 that stand for whole bytes
_BLANKS = b" \t\r\n\v\f"
_WRONG = (
    "its checksum does not fit, so a part of the text was lost or changed on the way: copy all of "
    "it from the exam page again"
)


class WrongTextError(Exception):
    """A copied text is not as it was copied; the message says so, as the end of a sentence."""


def is_copied(content: bytes) -> bool:
    """Say whether a file begins as a copied text does."""
    return _plain(content[: 10 * len(MARK)]).startswith(MARK)


def uncopied(content: bytes) -> bytes:
    """Return the content of a copied text.

    Raises:
        WrongTextError: something of it was lost or changed.
    """
    letters = _plain(content).removeprefix(MARK)
    padding = b"=" * (-len(letters) % _GROUP)
    try:
        found = base64.b32decode(letters + padding)
    except (binascii.Error, ValueError) as error:
        raise WrongTextError(_WRONG) from error
    inside, checksum = found[:-_CHECKSUM_BYTES], found[-_CHECKSUM_BYTES:]
    if zlib.crc32(inside).to_bytes(_CHECKSUM_BYTES) != checksum:
        raise WrongTextError(_WRONG)
    return inside


def _plain(content: bytes) -> bytes:
    return content.removeprefix(b"\xef\xbb\xbf").translate(None, _BLANKS).upper()
