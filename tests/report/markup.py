"""What is wrong with a page's markup: what the HTML parser says, and what it does not look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

import html5lib

from tests.report.conftest import foreign_scripts

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ACTIVE = frozenset({"a", "button", "input", "select", "textarea", "label", "summary"})
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers")
ADDRESSES = ("src", "href", "action", "formaction", "data", "poster", "srcset", "xlink:href")
LABELLED = frozenset({"text", "search", "number", "radio", "checkbox", "file", "email"})


def parsed(page: str) -> tuple[Element, list[str]]:
    """Return the tree of a page, and what the parser had to mend."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(page)
    return root, [f"line {line}: {code} {about}" for (line, _), code, about in parser.errors]


def faults(page: str) -> list[str]:
    """Return all that is wrong with a page, one line each; none if it is sound."""
    root, errors = parsed(page)
    checks = (document, ids, headings, tables, nesting, labels, remote)
    return [*errors, *(fault for check in checks for fault in check(root)), *policy(page)]


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def tags(root: Element, *names: str) -> list[Element]:
    return [each for each in root.iter() if each.tag in names]


def document(root: Element) -> Iterator[str]:
    """It has a language, a title, a viewport, one main part and one first heading."""
    if not root.get("lang"):
        yield "html has no lang"
    if not any(map(text_of, tags(root, "title"))):
        yield "the title is empty"
    if "viewport" not in {each.get("name") for each in tags(root, "meta")}:
        yield "there is no viewport"
    for name in ("main", "h1"):
        count = len(tags(root, name))
        if count != 1:
            yield f"{count} elements {name}, not one"


def ids(root: Element) -> Iterator[str]:
    """Ids are unique and hold no blank, and whatever is referred to is there.

    A value that is `#name`, or holds `url(#name)`, refers to that id.
    """
    known = Counter(each.get("id") for each in root.iter() if each.get("id") is not None)
    for name, count in known.items():
        if count > 1 or not name or re.search(r"\s", name):
            yield f"the id {name!r} is there {count} times, is empty or holds a blank"
    for each in root.iter():
        named = [part for name in REFERENCES for part in (each.get(name) or "").split()]
        values = " ".join(f"({value})" for value in each.attrib.values())
        named += re.findall(r"\(#([^)\s]+)\)", values)
        yield from (f"{each.tag} refers to {part!r}" for part in named if part not in known)


def headings(root: Element) -> Iterator[str]:
    """Headings are not empty, and none is more than one level below the one before."""
    last = 0
    for each in tags(root, *HEADINGS):
        level = int(str(each.tag)[1])
        if level > last + 1 or not text_of(each):
            yield f"h{level} {text_of(each)!r} after h{last}"
        last = level


def tables(root: Element) -> Iterator[str]:
    """Each table has a caption, and each of its heads says what it is the head of."""
    for table in tags(root, "table"):
        caption = table.find("caption")
        if caption is None or not text_of(caption):
            yield f"a table without a caption: {text_of(table)[:60]!r}"
        for head in tags(table, "th"):
            if head.get("scope") not in {"col", "row"} or not text_of(head):
                yield f"a head without a scope or words: {text_of(head)!r}"


def nesting(root: Element, inside: str = "") -> Iterator[str]:
    """Nothing to be pressed lies in something else; a label may hold its field, and links."""
    for each in root:
        own = str(each.tag) if each.tag in ACTIVE else ""
        if own and inside and not (inside == "label" and own in {"input", "a"}):
            yield f"{own} inside {inside}: {text_of(each)[:60]!r}"
        yield from nesting(each, own or inside)


def labels(root: Element) -> Iterator[str]:
    """Each field has a label, each button and link words, and each picture a name."""
    wrapped = {field for label in tags(root, "label") for field in label.iter()}
    pointed = {label.get("for") for label in tags(root, "label")}
    for each in tags(root, "input", "textarea", "select"):
        if each.get("type", "text") not in LABELLED:
            continue
        if each not in wrapped and each.get("id") not in pointed and not each.get("aria-label"):
            yield f"{each.tag} {each.get('name')!r} has no label"
    for each in tags(root, "a", "button", "summary", "legend", "caption"):
        if not text_of(each) and not each.get("aria-label"):
            yield f"{each.tag} without words"
    for each in tags(root, "{http://www.w3.org/2000/svg}svg"):
        if each.get("role") == "img" and not each.get("aria-labelledby"):
            yield "a picture without a name"


def remote(root: Element) -> Iterator[str]:
    """Nothing refers outside, or runs from an attribute."""
    for each in root.iter():
        for name, value in each.attrib.items():
            plain = str(name).rpartition("}")[2].lower()
            if plain.startswith("on") or (plain in ADDRESSES and not is_near(value)):
                yield f"{each.tag} {plain}={value[:60]!r}"
            yield from styled(value) if "url(" in value else ()
    for each in tags(root, "style"):
        yield from styled(each.text or "")


def styled(text: str) -> Iterator[str]:
    """Styles import nothing, and their addresses stay on the page."""
    if "@import" in text:
        yield "a style imports"
    for address in re.findall(r"url\(\s*['\"]?([^)'\"]*)", text):
        if not is_near(address):
            yield f"a style refers to {address[:60]!r}"


def is_near(address: str) -> bool:
    """Whether an address is on the page or beside it: no scheme, no host, no root."""
    return not re.match(r"\s*(?:[a-z][a-z0-9+.-]*:|/)", address, re.IGNORECASE)


def policy(page: str) -> Iterator[str]:
    """The policy forbids all that it does not name, and allows the page's own scripts alone."""
    found = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(part.strip().partition(" ")[::2] for part in unescape("".join(found)).split(";"))
    if len(found) != 1 or rules.get("default-src") != "'none'":
        yield "no policy that forbids everything else"
    if not re.fullmatch(r"'none'|'sha256-[^' ]+'", rules.get("script-src", "")):
        yield f"the policy allows scripts by {rules.get('script-src', '')!r}"
    own = re.sub(r'(?s)<script type="application/json".*?</script>', "", page)
    yield from (f"a foreign script: {each[:60]!r}" for each in foreign_scripts(own))
