"""Hidden seeds: HMAC of a course secret, so that no reader of a public bank can guess them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from lrquiz.errors import SubmissionsError
from lrquiz.resources.files import PRIVATE, make_folder, write_text

_SEED_BITS = 63  # torch takes signed 64-bit seeds


def load_secret(path: Path) -> bytes:
    """Return the secret kept at `path`; make one, readable by its owner only, where none is.

    Raises:
        SubmissionsError: the file exists and is no secret.
        OutputError: it can be neither read nor written.
    """
    if not path.exists():
        make_folder(path.parent)
        write_text(path, secrets.token_hex(32) + "\n", PRIVATE)
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        message = f"{path}: not a secret that lrquiz made; give --secret another file"
        raise SubmissionsError(message) from error
    if len(secret) < 16:
        message = f"{path}: the secret is shorter than 16 bytes; give --secret another file"
        raise SubmissionsError(message)
    return secret


def fingerprint(secret: bytes) -> str:
    """Return what tells two secrets apart and gives neither away."""
    return hmac.new(secret, b"fingerprint", hashlib.sha256).hexdigest()[:16]


def derived_secret(secret: bytes, *purpose: str) -> bytes:
    """Return a secret for one purpose, from which nobody learns anything of the one it is from."""
    return hmac.new(secret, "\0".join(("derived", *purpose)).encode(), hashlib.sha256).digest()


def hidden_seed(secret: bytes, *purpose: str) -> int:
    """Return the seed for one purpose, such as `data`, a student, a task and a case."""
    message = "\0".join(purpose).encode()
    digest = hmac.new(secret, message, hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - _SEED_BITS)
