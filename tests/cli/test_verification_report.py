"""`lrquiz verify --html`: what a bank was proved to be, as a page for its authors."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from tests.conftest import Command
from tests.report.conftest import foreign_scripts

WRONG = Path(__file__).parent.parent / "wrong_items"


def test_every_claim_stands_with_its_evidence(lrquiz: Command, tmp_path: Path) -> None:
    """An item that holds has its key, verdicts and runs; a rejected one has its reason."""
    page, rejected = tmp_path / "report.html", WRONG / "a10-same-text.toml"
    ended = lrquiz("verify", "alternating-yet-falling", rejected, "--html", page)
    assert ended.code == 1
    text = unescape(page.read_text())
    assert "4 variants of 2 items: 2 hold, 2 rejected." in text
    assert re.search(r'href="#variant-(\d)"', text)
    assert text.count('<td class="supported">') == 2 * 3  # a premise and two options, twice
    assert text.count('<td class="refuted">') == 2 * 2
    reason = re.search(r"rejected .*\n\s+(wording: .*)", ended.stderr)
    assert reason is not None
    assert reason[1] in text
    assert text.count("<svg") == 2
    assert not foreign_scripts(page.read_text())


def test_a_page_that_cannot_be_written_is_told(lrquiz: Command, tmp_path: Path) -> None:
    """Where the page was to go stands in one sentence."""
    (tmp_path / "file").write_text("")
    page = tmp_path / "file" / "report.html"
    ended = lrquiz("verify", "alternating-yet-falling", "--html", page)
    assert ended.code == 2
    assert str(page.parent) in ended.stderr
