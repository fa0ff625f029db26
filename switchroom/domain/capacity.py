"""Channels of trunks: who may still claim one. All claims go through here, inbound and outbound."""

from collections.abc import Iterable, Mapping

from switchroom.domain.trunks import Trunk


def has_room(trunk: Trunk, used: Mapping[str, int]) -> bool:
    """Whether the trunk carries one more call; `used` counts the channels of each trunk now."""
    return used.get(trunk.id, 0) < trunk.most_channels


def with_room(wanted: Iterable[str], trunks: Mapping[str, Trunk], used: Mapping[str, int]) -> tuple[str, ...]:
    """Those of the wanted trunks that are there and carry one more call, in the same order."""
    return tuple(key for key in wanted if key in trunks and has_room(trunks[key], used))
