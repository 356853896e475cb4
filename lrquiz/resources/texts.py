"""The words of the interface: English where they are written, in another language where shown.

Who makes a page, a chart or a view says what is to be read with `said`, in English. The words stay
a plain text for whoever only wants that; a page in another language looks them up again, by the
message and with the same parts, in the one catalogue that there is for that language.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations

from lrquiz.resources.locate import shipped_templates

ENGLISH = "en"
DOMAIN = "lrquiz"


class Said(str):
    """A text of the interface that remembers which message it came from."""

    __slots__ = ("message", "number", "parts", "plural")
    message: str
    plural: str
    number: int
    parts: dict[str, object]


def said(message: str, /, **parts: object) -> Said:
    """Return a message of the catalogue, filled in.

    Args:
        message: English, with `%(name)s` where a part goes and `%%` for a percent sign.
        parts: what goes there; a part that was itself `said` is translated with the message.
    """
    return _made(message, "", 0, parts)


def said_of(count: int, one: str, many: str, /, **parts: object) -> Said:
    """Return a message that depends on a count, which it can name as `%(count)s`."""
    return _made(one, many, count, {"count": count, **parts})


def joined(texts: Sequence[str], separator: str = "; ") -> Said:
    """Return texts as one, each still to be translated by itself."""
    names = [f"part_{place}" for place in range(len(texts))]
    pattern = separator.replace("%", "%%").join(f"%({name})s" for name in names)
    return _made(pattern, "", 0, dict(zip(names, texts, strict=True)))


def _made(message: str, plural: str, count: int, parts: dict[str, object]) -> Said:
    pattern = message if not plural or count == 1 else plural
    made = Said(pattern % parts)
    made.message, made.plural, made.number, made.parts = message, plural, count, parts
    return made


@dataclass(frozen=True, slots=True)
class Texts:
    """What the interface says in one language."""

    language: str
    catalogue: NullTranslations

    def say(self, text: str) -> str:
        """Return a text in this language: what was `said` is looked up, any other stays."""
        if not isinstance(text, Said) or self.language == ENGLISH or not text.message:
            return text
        if text.plural:
            pattern = self.catalogue.ngettext(text.message, text.plural, text.number)
        else:
            pattern = self.catalogue.gettext(text.message)
        return pattern % {
            name: self.say(part) if isinstance(part, str) else part
            for name, part in text.parts.items()
        }


@functools.cache
def texts_of(language: str) -> Texts:
    """Return the interface in a language, as `de` or `de-AT`; in English where there is none."""
    name = base_of(language)
    if name in languages():
        with (shipped_templates() / _place(name)).open("rb") as file:
            return Texts(name, GNUTranslations(file))
    return Texts(ENGLISH, NullTranslations())


def base_of(language: str) -> str:
    """Return a language without its region: `de` of `de-AT`."""
    return language.replace("_", "-").split("-")[0].lower()


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue beside English."""
    found = (shipped_templates() / "locale").glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return tuple(sorted(each.parts[-3] for each in found))


def _place(language: str) -> str:
    return f"locale/{language}/LC_MESSAGES/{DOMAIN}.mo"
