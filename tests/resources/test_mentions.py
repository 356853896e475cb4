"""Finding files that mention somebody."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from lrquiz.resources.mentions import files_that_mention


@pytest.mark.parametrize("at", [0, (1 << 20) - 4, (1 << 20) - 3, 1 << 20, 3 << 20])
def test_a_word_is_found_wherever_it_stands(tmp_path: Path, at: int) -> None:
    """No seam between blocks that are read hides a word."""
    (tmp_path / "large").write_bytes(b" " * at + b"lovelace" + b" " * 9)
    assert list(files_that_mention(tmp_path, ["lovelace"])) == [tmp_path / "large"]


def test_only_whole_words_count(tmp_path: Path) -> None:
    """The id `s1` is not mentioned by `s12`, nor by `as1`."""
    (tmp_path / "others").write_text("s12 as1 S1")
    (tmp_path / "one").write_text("x,s1,y")
    assert list(files_that_mention(tmp_path, ["s1", ""])) == [tmp_path / "one"]
    assert not list(files_that_mention(tmp_path, [""]))


def test_names_and_zips_are_looked_at(tmp_path: Path) -> None:
    """A file's name mentions as well as its content, and so does what lies in a zip."""
    (tmp_path / "students" / "ada").mkdir(parents=True)
    (tmp_path / "students" / "ada.py").write_text("x = 1")
    with zipfile.ZipFile(tmp_path / "content.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", "by ada " * 100)
    with zipfile.ZipFile(tmp_path / "named.zip", "w") as archive:
        archive.writestr("ada/train.py", "x = 1")
    found = {each.name for each in files_that_mention(tmp_path, ["ada"])}
    assert found == {"ada.py", "content.zip", "named.zip"}


def test_what_cannot_be_read_may_mention_anybody(tmp_path: Path) -> None:
    """A damaged zip is told of, since nobody knows what it holds."""
    whole = tmp_path / "damaged.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", "nothing " * 1000)
    content = bytearray(whole.read_bytes())
    content[40:50] = b"\xff" * 10
    whole.write_bytes(bytes(content))
    assert list(files_that_mention(tmp_path, ["ada"])) == [whole]


def test_links_are_not_followed(tmp_path: Path) -> None:
    """What lies elsewhere is not this folder's."""
    outside = tmp_path / "outside"
    outside.write_text("ada")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link").symlink_to(outside)
    assert not list(files_that_mention(inside, ["ada"]))
