"""Saved stories of older releases, lifted to the form that they have today."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from switchroom.domain.shapes import Shape, from_plain, load
from switchroom.domain.stories import SHAPE, StoryState

Lift = Callable[[dict[str, Any]], dict[str, Any]]
LIFTS: Mapping[int, Lift] = {}
"""What makes a saved story of this shape one of the next. None was needed yet."""


class SavedByNewer(ValueError):
    """The story was saved by a newer release: this one can't know what it means."""


class _Shaped(Shape, frozen=True, kw_only=True):
    shape: int = 1


def read_story(body: bytes) -> StoryState:
    """A story as it was saved by this release or an older one.

    Raises: SavedByNewer; msgspec.ValidationError if it is no story.
    """
    found: int = load(body, _Shaped).shape
    if found == SHAPE:
        story: StoryState = load(body, StoryState)
        return story
    return lifted(msgspec.json.decode(body), found, SHAPE, LIFTS)


def lifted(plain: dict[str, Any], found: int, wanted: int, lifts: Mapping[int, Lift]) -> StoryState:
    """A story of the shape that was found as one of the shape that is wanted. Raises: SavedByNewer."""
    if found > wanted:
        raise SavedByNewer(f"The story has the shape {found}; this release knows shapes up to {wanted}.")
    for shape in range(found, wanted):
        plain = lifts[shape](plain)
    story: StoryState = from_plain({**plain, "shape": wanted}, StoryState)
    return story
