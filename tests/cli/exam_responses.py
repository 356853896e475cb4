"""Response files as students would save them from the papers of an exam."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

OPEN_RESPONSE = "Begin high; lower the rate when the loss stands still."


def hand_in(exam: Path, folder: Path, right: Mapping[str, set[str]]) -> None:
    """Write everybody's response file.

    Args:
        exam: folder of quiz.json and papers.json.
        folder: of response files.
        right: the items that each student knows; all other responses are wrong.
    """
    quiz, papers = (json.loads((exam / f"{name}.json").read_text()) for name in ("quiz", "papers"))
    items = {(each["id"], each["variant"]): each for each in quiz["items"]}
    for paper in papers["papers"]:
        known = right.get(paper["student"], set())
        responses = {
            str(number): _response(items[each["item"], each["variant"]], each["options"], known)
            for number, each in enumerate(paper["items"], start=1)
        }
        content = {"schema": "lrquiz/responses", "version": 1, "quiz": papers["label"]}
        content |= {"paper": paper["id"], "responses": responses}
        (folder / f"{paper['student']}.json").write_text(json.dumps(content))


def _response(item: Mapping[str, Any], options: list[str], known: set[str]) -> str | list[str]:
    is_right = item["id"] in known
    if item["type"] == "open_prompt":
        return OPEN_RESPONSE
    if item["type"] == "numeric":
        return str(item["value"]["median"] + (0 if is_right else 5))
    key = options.index(item["key"][0])
    return [str((key if is_right else (key + 1) % len(options)) + 1)]
