"""Names of archive members: what may stand in one, and why others are refused."""

from __future__ import annotations

import re
import unicodedata

from lrquiz.grade.intake.limits import IntakeLimits

_DRIVE = re.compile(r"[A-Za-z]:")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNSHOWN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
_JOINERS = "\u200c\u200d"  # part of how names are spelled in several scripts


def parts_of(name: str) -> tuple[str, ...]:
    r"""Return folders and name of a member; some programs write `\` between them."""
    return tuple(name.replace("\\", "/").rstrip("/").split("/"))


def name_fault(name: str, limits: IntakeLimits) -> str:
    """Return why a member of this name is refused; empty when it is not."""
    parts = parts_of(name)
    longest = max(len(part.encode(errors="replace")) for part in parts)
    absolute = name.startswith(("/", "\\")) or _DRIVE.match(name)
    reasons = {
        "its name is absolute": absolute,
        "its name leads out of its folder": any(part in {"", ".", ".."} for part in parts),
        "its name holds characters that cannot be seen": any(map(_is_unshown, name)),
        f"it lies more than {limits.folders} folders deep": len(parts) > limits.folders,
        f"its name is longer than {limits.name_bytes} bytes": longest > limits.name_bytes,
        "its name is that of a device on some systems": any(map(_DEVICES.fullmatch, parts)),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _is_unshown(character: str) -> bool:
    return unicodedata.category(character) in _UNSHOWN and character not in _JOINERS
