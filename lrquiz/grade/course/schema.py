"""The form of course.toml: pydantic at the boundary, plain values within."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from lrquiz.model.course import Counting


def zone_of(name: str) -> tzinfo | None:
    """Return the time zone of this name, None if there is none; UTC needs no data of the system."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class LateTable(_Table):
    """`[late]`."""

    grace_minutes: Annotated[int, Field(ge=0)] = 0
    free_days: Annotated[int, Field(ge=0)] = 0
    per_day: Annotated[float, Field(ge=0, le=1)] = 0.1
    last_day: Annotated[int, Field(ge=0)] = 7


class CourseFile(_Table):
    """The whole file."""

    title: Annotated[str, Field(min_length=1)]
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    time_zone: str = "UTC"
    banks: list[str] = []
    tier: Literal["full", "reduced"] = "full"
    attempts: Annotated[Counting, Field(strict=False)] = Counting.LAST
    deadline: datetime | None = None
    deadlines: dict[str, datetime] = {}
    late: LateTable | None = None
