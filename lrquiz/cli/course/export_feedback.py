"""`lrquiz export feedback`: pack students' pages for Moodle or Canvas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lrquiz.cli.common import FILE, json_option, people, print_json
from lrquiz.cli.course.graded_options import gradebook_option, graded_argument

if TYPE_CHECKING:
    from lrquiz.export.feedback import Packed


@click.command("feedback")
@graded_argument
@click.option(
    "--to", "platform", type=click.Choice(["moodle", "canvas"]), required=True, help="For whom."
)
@click.option("--out", type=FILE, required=True, help="File for the zip.")
@gradebook_option
@json_option
def feedback_command(
    graded: Path, platform: str, out: Path, gradebook: Path | None, *, as_json: bool
) -> int:
    """Pack students' pages under the names that their submissions came with.

    The pages are those in GRADED/students, as `lrquiz report --release` wrote them last. Moodle
    takes the zip as feedback files of the assignment, Canvas as re-uploaded submissions.
    """
    from lrquiz.export.feedback import pack_feedback
    from lrquiz.export.graded import read_graded
    from lrquiz.resources.files import PRIVATE, write_bytes

    found = read_graded(graded, gradebook)
    nowhere = dict.fromkeys(found.records, "")
    packed = pack_feedback(graded, {**nowhere, **found.places}, platform)
    write_bytes(out, packed.content, PRIVATE)
    if as_json:
        print_json("lrquiz/packed", _packed_json(packed, out))
    else:
        _show_packed(packed, out)
    return 0


def _packed_json(packed: Packed, out: Path) -> dict[str, Any]:
    return {
        "written": str(out),
        "pages": dict(packed.names),
        "without_name": list(packed.without_name),
        "without_page": list(packed.without_page),
    }


def _show_packed(packed: Packed, out: Path) -> None:
    console = people()
    console.print(f"{len(packed.names)} pages packed")
    for why, students in (
        ("came under no name of this platform, give them their pages by hand", packed.without_name),
        ("have no page, run lrquiz report", packed.without_page),
    ):
        if students:
            console.print(f"{len(students)} {why}: {', '.join(students)}")
    console.print(f"wrote {out}")
