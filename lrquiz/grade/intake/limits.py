"""What intake reads at most. Every limit is a field here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

MAX_SOURCE_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """How much of what a class hands in is read; beyond it, things are refused with a reason."""

    source_bytes: int = MAX_SOURCE_BYTES
    """one Python file, or what the code cells of a notebook come to"""
    notebook_bytes: int = 8_000_000
    """one notebook, outputs included, before it is parsed"""
    response_bytes: int = 1_000_000
    """one response file, or the list of submitters that Gradescope adds"""
    package_bytes: int = 1_000_000
    """all modules beside a submission together"""
    package_modules: int = 60
    """modules beside a submission"""
    inner_archive_bytes: int = 20_000_000
    """one archive that a student handed in, as it is packed"""
    inner_unpacked_bytes: int = 40_000_000
    """what is unpacked of one student's archive"""
    inner_members: int = 2_000
    """files and folders of one place, archives in it included"""
    unpacked_bytes: int = 4_000_000_000
    """what is unpacked of the export that holds the whole class; read one student at a time"""
    tar_bytes: int = 500_000_000
    """what a tar archive of the whole class unpacks to: what is read of it stays in memory"""
    members: int = 50_000
    """files and folders of the whole class"""
    ratio: int = 200
    """how many times its packed size a file may be, once it is larger than `ratio_from_bytes`"""
    ratio_from_bytes: int = 1_000_000
    depth: int = 3
    """archives within archives within a student's place"""
    folders: int = 16
    """folders within folders"""
    name_bytes: int = 255
    """one name of a file or folder in UTF-8"""
